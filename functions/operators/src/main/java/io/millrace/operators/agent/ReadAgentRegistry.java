package io.millrace.operators.agent;

import io.millrace.logic.agent.PriceTable;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what of the registry's topic can be followed; the rest goes to {@link Rejections#DEAD_LETTERS}, but for what says
 * nothing. With a parallelism of one, so that there is one dead letter of each; those who come after it apply the same
 * records.
 */
public final class ReadAgentRegistry extends ProcessFunction<SourceRecord, SourceRecord>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ReadAgentRegistry.class);

    private final TreeSet<String> transports;
    private final TransportCheck check;
    private final PriceTable prices;

    private transient RegistryState state;
    private transient Rejections rejections;

    /**
     * @param transports the kinds of transport that the job has
     * @param prices an agent whose model they miss is accepted, with a warning
     */
    public ReadAgentRegistry(Set<String> transports, TransportCheck check, PriceTable prices) {
        this.transports = new TreeSet<>(transports);
        this.check = check;
        this.prices = prices;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = new RegistryState(context.getOperatorStateStore(), transports);
    }

    @Override
    public void open(OpenContext context) {
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
        getRuntimeContext().getMetricGroup().gauge(AgentMetrics.AGENTS, (Gauge<Integer>)
                () -> state.registry().definitions().size());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<SourceRecord> out) {
        try {
            AgentRegistryEvent event = EventReader.read(AgentRegistryReader::read, source);
            if (event == null) {
                return;
            }
            requireReachable(event);
            long latest = LogTime.latest(context.timerService().currentProcessingTime());
            if (state.apply(event, Math.min(source.timestamp(), latest))) {
                warnOfPrice(event.definition());
            }
        } catch (RejectedEventException e) {
            context.output(Rejections.DEAD_LETTERS, rejections.reject(source, e));
            return;
        }
        out.collect(source);
    }

    private void requireReachable(AgentRegistryEvent event) throws RejectedEventException {
        boolean known = event.definition() != null
                && transports.contains(event.definition().transport().kind());
        String problem = known ? check.problem(event.definition().transport()) : null;
        if (problem != null) {
            throw new RejectedEventException(ErrorCode.INVALID_VALUE, problem);
        }
    }

    /** @param definition a new one; null when something else changed */
    private void warnOfPrice(AgentDefinition definition) {
        if (definition != null && prices.misses(definition.model())) {
            LOG.warn(
                    "Calls of agent {} cost nothing: its model {} has no price",
                    definition.agent(),
                    definition.model());
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.keep();
    }
}
