package io.millrace.operators.workflow;

import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.KnownAgent;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** What starts have to know of the registry of agents. What is no event of it is the agents job's to reject. */
public final class FollowAgents extends ProcessFunction<SourceRecord, BindingFact> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(SourceRecord source, Context context, Collector<BindingFact> out) {
        AgentRegistryEvent event;
        try {
            event = EventReader.read(AgentRegistryReader::read, source);
        } catch (RejectedEventException e) {
            return;
        }
        if (event == null || event.kind() == AgentRegistryEvent.Kind.CACHE_INVALIDATED) {
            return;
        }
        KnownAgent known = event.definition() == null
                ? null
                : new KnownAgent(event.definition().risk(), event.definition().digest());
        out.collect(BindingFact.of(event.agent(), known));
    }
}
