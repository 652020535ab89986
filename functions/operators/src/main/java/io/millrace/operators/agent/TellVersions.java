package io.millrace.operators.agent;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.flag.FlagsState;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how calls went of agents that are variants of flags, for whoever rolls a version out. Its first input are results, its
 * second flags. An answer that was another call's, or a call that was refused, says nothing of the version.
 */
public final class TellVersions extends CoProcessFunction<AddressedRecord, SourceRecord, OutboundRecord>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** By that name roll-outs name these signals among their sources. */
    public static final String SOURCE = "agents";

    private static final Logger LOG = LoggerFactory.getLogger(TellVersions.class);
    private static final String TYPE = "health.signal";

    /** An agent is told of as a variant of so many flags at most. */
    private static final int MAX_FLAGS = 10;

    private transient FlagsState flags;
    private transient Map<String, List<Variant>> byAgent;

    private record Variant(String flag, String name) {}

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        flags = new FlagsState(
                context.getOperatorStateStore(), flag -> !flag.texts().isEmpty());
        index();
    }

    private void index() {
        byAgent = new HashMap<>();
        for (CompiledFlag flag : flags.all()) {
            flag.texts().forEach((variant, agent) -> {
                List<Variant> known = byAgent.computeIfAbsent(agent, any -> new ArrayList<>(1));
                if (known.size() < MAX_FLAGS) {
                    known.add(new Variant(flag.key(), variant));
                }
            });
        }
    }

    @Override
    public void processElement1(AddressedRecord record, Context context, Collector<OutboundRecord> out) {
        if (byAgent.isEmpty()) {
            return;
        }
        AgentResult result = result(record);
        if (result == null || result.cached() || result.status() == AgentResult.Status.REFUSED) {
            return;
        }
        for (Variant variant : byAgent.getOrDefault(result.agent(), List.of())) {
            HealthSignal signal = signal(variant, result);
            out.collect(OutboundRecord.of(variant.flag(), signal.toJson(), result.correlationId(), null));
        }
    }

    private static AgentResult result(AddressedRecord record) {
        try {
            return EventReader.read(
                    AgentResultReader::read,
                    new SourceRecord(record.topic(), 0, 0, 0, record.key(), record.value(), record.headers()));
        } catch (RejectedEventException e) {
            LOG.error("A defect: a result of this job can't be read: {}", e.getMessage());
            return null;
        }
    }

    private static HealthSignal signal(Variant variant, AgentResult result) {
        Envelope envelope = new Envelope(
                Uuid5.of(result.eventId(), variant.flag() + '\n' + variant.name()),
                TYPE,
                Instant.ofEpochMilli(result.occurredAt()),
                Envelope.DEFAULT_TENANT,
                result.correlationId(),
                null);
        return new HealthSignal(
                envelope,
                variant.flag(),
                variant.name(),
                SOURCE,
                1L,
                result.status() == AgentResult.Status.OK ? 0 : 1,
                Math.min(HealthSignal.MAX_LATENCY_MS, result.agentMs()),
                List.of(),
                Map.of(),
                null);
    }

    @Override
    public void processElement2(SourceRecord flag, Context context, Collector<OutboundRecord> out) throws Exception {
        if (flags.apply(flag)) {
            index();
        }
    }

    /** What is kept is kept when it comes. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
