package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentCallCodec;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Encodes {@link RoutedCall} for the network between tasks, and as part of codecs that carry a version of their own.
 */
public final class RoutedCallCodec implements Codec<RoutedCall> {
    private static final AgentCallCodec CALL = new AgentCallCodec();

    @Override
    public Class<RoutedCall> type() {
        return RoutedCall.class;
    }

    @Override
    public void write(RoutedCall value, DataOutput out) throws IOException {
        CALL.write(value.call(), out);
        Binary.writeString(out, value.owner());
        Binary.writeString(out, value.sharedVersion());
        out.writeLong(value.loggedAt());
        Binary.writeString(out, value.replyTo());
    }

    @Override
    public RoutedCall read(DataInput in) throws IOException {
        return read(in, true);
    }

    /** @param hasReplyKey whether it was written by a build that knows reply keys */
    RoutedCall read(DataInput in, boolean hasReplyKey) throws IOException {
        return new RoutedCall(
                CALL.read(in, hasReplyKey),
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                Binary.readString(in));
    }
}
