package io.millrace.schema.agent;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Encodes {@link AgentAttempt}. Attempts that are queued or in flight are in checkpoints, so it carries a version. */
public final class AgentAttemptCodec implements Codec<AgentAttempt> {
    private static final int VERSION = 1;

    @Override
    public Class<AgentAttempt> type() {
        return AgentAttempt.class;
    }

    @Override
    public void write(AgentAttempt value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeString(out, value.attemptId());
        Binary.writeString(out, value.idempotencyKey());
        Binary.writeString(out, value.owner());
        Binary.writeString(out, value.tenant());
        Binary.writeString(out, value.agent());
        Binary.writeString(out, value.version());
        Binary.writeSize(out, value.number());
        Binary.writeString(out, value.input());
        Binary.writeString(out, value.previousError());
        Binary.writeString(out, value.transport().kind());
        Binary.writeString(out, value.transport().settings());
        Binary.writeString(out, value.model());
        Binary.writeSize(out, value.timeoutMs());
        out.writeLong(value.deadline());
        Usage.encode(out, value.estimate());
        Binary.writeSigned(out, value.estimatedMicros());
        writeLimits(value.rate(), value.budget(), out);
        out.writeLong(value.issuedAt());
        Binary.writeString(out, value.correlationId());
        Binary.writeString(out, value.traceparent());
    }

    @Override
    public AgentAttempt read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("an attempt in version " + version + "; this build reads version " + VERSION);
        }
        return new AgentAttempt(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readSize(in),
                Binary.readString(in),
                Binary.readString(in),
                new Transport(Binary.readString(in), Binary.readString(in)),
                Binary.readString(in),
                Binary.readSize(in),
                in.readLong(),
                Usage.decode(in),
                Binary.readSigned(in),
                readRate(in),
                readBudget(in),
                in.readLong(),
                Binary.readString(in),
                Binary.readString(in));
    }

    /** What an agent is given; read by {@link #readRate}, then {@link #readBudget}. */
    public static void writeLimits(Rate rate, Budget budget, DataOutput out) throws IOException {
        Binary.writeSize(out, rate.requestsPerMinute());
        Binary.writeSize(out, rate.tokensPerMinute());
        Binary.writeSize(out, rate.concurrent());
        Binary.writeSigned(out, budget.dayMicros());
        Binary.writeSigned(out, budget.monthMicros());
    }

    public static Rate readRate(DataInput in) throws IOException {
        return new Rate(Binary.readSize(in), Binary.readSize(in), Binary.readSize(in));
    }

    public static Budget readBudget(DataInput in) throws IOException {
        return new Budget(Binary.readSigned(in), Binary.readSigned(in));
    }
}
