package io.millrace.schema.agent;

import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Encodes {@link AgentOutcome} for the network between tasks, and as a part of the state of calls: a change of it is a
 * change of that, whose version covers it.
 */
public final class AgentOutcomeCodec implements Codec<AgentOutcome> {

    @Override
    public Class<AgentOutcome> type() {
        return AgentOutcome.class;
    }

    @Override
    public void write(AgentOutcome outcome, DataOutput out) throws IOException {
        Binary.writeString(out, outcome.attemptId());
        Binary.writeString(out, outcome.owner());
        Binary.writeString(out, outcome.tenant());
        Binary.writeString(out, outcome.agent());
        out.writeByte(outcome.status().ordinal());
        Binary.writeString(out, outcome.output());
        AgentError.encode(out, outcome.error());
        Binary.writeSigned(out, outcome.retryAfterMs());
        Usage.encode(out, outcome.usage());
        Binary.writeSigned(out, outcome.costMicros());
        out.writeLong(outcome.startedAt());
        out.writeLong(outcome.endedAt());
        Binary.writeSigned(out, outcome.queuedMs());
        Binary.writeString(out, outcome.correlationId());
        Binary.writeString(out, outcome.traceparent());
    }

    @Override
    public AgentOutcome read(DataInput in) throws IOException {
        return new AgentOutcome(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                AgentOutcome.Status.ofOrdinal(in.readByte()),
                Binary.readString(in),
                AgentError.decode(in),
                Binary.readSigned(in),
                Usage.decode(in),
                Binary.readSigned(in),
                in.readLong(),
                in.readLong(),
                Binary.readSigned(in),
                Binary.readString(in),
                Binary.readString(in));
    }
}
