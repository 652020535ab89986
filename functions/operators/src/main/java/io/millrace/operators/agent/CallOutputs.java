package io.millrace.operators.agent;

import io.millrace.logic.agent.CallCommand;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Where the commands of decisions about calls go. */
public final class CallOutputs {
    public static final OutputTag<AddressedRecord> RESULTS =
            new OutputTag<>("results", TypeInformation.of(AddressedRecord.class));
    /** How calls of versions went. */
    public static final OutputTag<OutboundRecord> SIGNALS =
            new OutputTag<>("signals", TypeInformation.of(OutboundRecord.class));

    private final Output<StreamRecord<AgentMessage>> output;
    private final AgentMetrics.CallMetrics metrics;

    CallOutputs(Output<StreamRecord<AgentMessage>> output, AgentMetrics.CallMetrics metrics) {
        this.output = output;
        this.metrics = metrics;
    }

    /** @param agents counts are by agent for those that are registered */
    void send(List<CallCommand> commands, KnownAgents agents) {
        for (CallCommand command : commands) {
            if (command instanceof CallCommand.Attempt attempt) {
                output.collect(new StreamRecord<>(AgentMessage.of(attempt.attempt())));
            } else if (command instanceof CallCommand.Answer answer) {
                boolean known = agents.registry().definition(answer.result().agent()) != null;
                metrics.count(answer.result(), known);
                answer(answer);
                agents.signals().of(answer.result()).forEach(this::tell);
            } else {
                throw new IllegalArgumentException("no output for " + command);
            }
        }
    }

    private void answer(CallCommand.Answer answer) {
        AgentResult result = answer.result();
        OutboundRecord record = OutboundRecord.of(
                answer.key(), AgentResultWriter.write(result), result.correlationId(), result.traceparent());
        output.collect(RESULTS, new StreamRecord<>(AddressedRecord.to(answer.replyTo(), record)));
    }

    private void tell(HealthSignal signal) {
        output.collect(
                SIGNALS,
                new StreamRecord<>(OutboundRecord.of(
                        signal.flag(), signal.toJson(), signal.envelope().correlationId(), null)));
    }
}
