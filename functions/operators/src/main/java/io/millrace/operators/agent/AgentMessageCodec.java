package io.millrace.operators.agent;

import io.millrace.logic.agent.RoutedCallCodec;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentOutcomeCodec;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Encodes {@link AgentMessage} for the network between tasks; it is in no state. */
public final class AgentMessageCodec implements Codec<AgentMessage> {
    private static final int CALL = 0;
    private static final int ATTEMPT = 1;
    private static final int OUTCOME = 2;

    private static final RoutedCallCodec CALLS = new RoutedCallCodec();
    private static final AgentAttemptCodec ATTEMPTS = new AgentAttemptCodec();
    private static final AgentOutcomeCodec OUTCOMES = new AgentOutcomeCodec();

    @Override
    public Class<AgentMessage> type() {
        return AgentMessage.class;
    }

    @Override
    public void write(AgentMessage message, DataOutput out) throws IOException {
        if (message.call() != null) {
            out.writeByte(CALL);
            CALLS.write(message.call(), out);
        } else if (message.attempt() != null) {
            out.writeByte(ATTEMPT);
            ATTEMPTS.write(message.attempt(), out);
        } else {
            out.writeByte(OUTCOME);
            OUTCOMES.write(message.outcome(), out);
            out.writeLong(message.loggedAt());
        }
    }

    @Override
    public AgentMessage read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case CALL -> AgentMessage.of(CALLS.read(in));
            case ATTEMPT -> AgentMessage.of(ATTEMPTS.read(in));
            case OUTCOME -> AgentMessage.of(OUTCOMES.read(in), in.readLong());
            default -> throw new IOException("no message is of kind " + kind);
        };
    }
}
