package io.millrace.schema.agent;

import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Encodes {@link AgentCall} for the network between tasks, and as part of codecs that carry a version of their own. */
public final class AgentCallCodec implements Codec<AgentCall> {
    private static final CacheMode[] MODES = CacheMode.values();

    @Override
    public Class<AgentCall> type() {
        return AgentCall.class;
    }

    @Override
    public void write(AgentCall call, DataOutput out) throws IOException {
        Binary.writeUuid(out, call.eventId());
        out.writeLong(call.occurredAt());
        Binary.writeString(out, call.tenant());
        Binary.writeString(out, call.callKey());
        Binary.writeString(out, call.agent());
        Binary.writeString(out, call.input());
        Binary.writeString(out, call.inputDigest());
        out.writeBoolean(call.deadline() != null);
        if (call.deadline() != null) {
            out.writeLong(call.deadline());
        }
        Binary.writeSize(out, call.timeoutMs());
        out.writeByte(call.cache().ordinal());
        Binary.writeList(out, List.copyOf(call.dependencies().entrySet()), (o, dependency) -> {
            Binary.writeString(o, dependency.getKey());
            Binary.writeString(o, dependency.getValue());
        });
        Binary.writeString(out, call.replyTo());
        out.writeBoolean(call.approval() != null);
        if (call.approval() != null) {
            Binary.writeString(out, call.approval().requestId());
            Binary.writeString(out, call.approval().approvedBy());
            out.writeLong(call.approval().expiresAt());
            Binary.writeString(out, call.approval().mac());
        }
        Binary.writeString(out, call.correlationId());
        Binary.writeString(out, call.traceparent());
        Binary.writeString(out, call.replyKey());
    }

    @Override
    public AgentCall read(DataInput in) throws IOException {
        return read(in, true);
    }

    /** @param hasReplyKey whether it was written by a build that knows reply keys */
    public AgentCall read(DataInput in, boolean hasReplyKey) throws IOException {
        UUID eventId = Binary.readUuid(in);
        long occurredAt = in.readLong();
        String tenant = Binary.readString(in);
        String callKey = Binary.readString(in);
        String agent = Binary.readString(in);
        String input = Binary.readString(in);
        String inputDigest = Binary.readString(in);
        Long deadline = in.readBoolean() ? Long.valueOf(in.readLong()) : null;
        int timeoutMs = Binary.readSize(in);
        CacheMode cache = MODES[in.readByte()];
        Map<String, String> dependencies = readDependencies(in);
        String replyTo = Binary.readString(in);
        Approval approval = in.readBoolean()
                ? new Approval(Binary.readString(in), Binary.readString(in), in.readLong(), Binary.readString(in))
                : null;
        return new AgentCall(
                eventId,
                occurredAt,
                tenant,
                callKey,
                agent,
                input,
                inputDigest,
                deadline,
                timeoutMs,
                cache,
                dependencies,
                replyTo,
                approval,
                Binary.readString(in),
                Binary.readString(in),
                hasReplyKey ? Binary.readString(in) : null);
    }

    private static Map<String, String> readDependencies(DataInput in) throws IOException {
        Map<String, String> dependencies = new TreeMap<>();
        for (Map.Entry<String, String> one :
                Binary.readList(in, i -> Map.entry(Binary.readString(i), Binary.readString(i)))) {
            dependencies.put(one.getKey(), one.getValue());
        }
        return Collections.unmodifiableMap(dependencies);
    }
}
