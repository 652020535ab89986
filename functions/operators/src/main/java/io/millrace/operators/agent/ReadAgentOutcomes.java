package io.millrace.operators.agent;

import io.millrace.operators.deadletter.DeadLetterMetrics;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads the outcomes of attempts; what is none goes to {@link #DEAD_LETTERS}. */
public final class ReadAgentOutcomes extends ProcessFunction<SourceRecord, AgentMessage> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<OutboundRecord> DEAD_LETTERS =
            new OutputTag<>("outcome-dead-letters", TypeInformation.of(OutboundRecord.class));

    private transient DeadLetterMetrics deadLetters;

    @Override
    public void open(OpenContext context) {
        deadLetters = new DeadLetterMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<AgentMessage> out) {
        AgentMessage outcome;
        try {
            outcome = AgentMessage.of(AgentOutcomeReader.read(source), source.timestamp());
        } catch (RejectedEventException e) {
            deadLetters.count(e.code());
            context.output(DEAD_LETTERS, DeadLetters.of(source, e.code(), e.getMessage()));
            return;
        }
        out.collect(outcome);
    }
}
