package io.millrace.schema.workflow;

import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;

/** What comes to a run: everything that it decides by comes on the one topic {@code workflow-inbox}. */
public sealed interface WorkflowInput
        permits RunStarted,
                RunRefused,
                WorkflowControl,
                WorkflowSignal,
                ApprovalDecided,
                RunContinued,
                ChildEnded,
                AgentAnswered {

    /** Of values with one value of {@link io.millrace.schema.event.Value#JSON} and what is beside it. */
    int MAX_BYTES = 384 * 1024;
    /** Of tokens by which a run knows what waits. */
    int MAX_TOKEN = 200;

    Envelope envelope();

    /** The run that it comes to; unique in its tenant. */
    String runId();

    /** @throws RejectedEventException when the record holds none */
    static WorkflowInput read(SourceRecord source) throws RejectedEventException {
        byte[] value = source.value();
        if (value != null
                && AgentResult.TYPE.equals(Precedence.of(value, Types::isKnown).type())) {
            return answer(source);
        }
        return Types.ALL.read(source);
    }

    /** The result of a call, whose record has the run as its key: see {@code reply_key} of a call. */
    private static AgentAnswered answer(SourceRecord source) throws RejectedEventException {
        AgentResult result = AgentResultReader.read(source);
        if (source.key() == null || source.key().length == 0) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY, "the key of a result is the run whose call it answers; it has none");
        }
        return new AgentAnswered(new String(source.key(), StandardCharsets.UTF_8), result);
    }

    /** Made when it is first needed: the inputs know the interface. */
    final class Types {
        private static final EventTypes<WorkflowInput> ALL = EventTypes.of(WorkflowInput.class);

        private Types() {}

        private static boolean isKnown(String type) {
            return type.equals(AgentResult.TYPE) || ALL.isKnown(type);
        }
    }
}
