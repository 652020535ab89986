package io.millrace.logic.agent.registry;

import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The encoding of {@link AgentRegistry} in state. Definitions are kept as the events that they came in, which have
 * versions of their own.
 */
public final class AgentRegistryCodec {
    private static final int VERSION = 1;

    private AgentRegistryCodec() {}

    public static void write(AgentRegistry registry, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeList(out, registry.definitions(), (o, definition) -> {
            Binary.writeString(o, definition.agent());
            Binary.writeBytes(o, AgentRegistryWriter.write(definition));
        });
        Binary.writeList(out, registry.invalidations(), (o, invalidation) -> {
            Binary.writeString(o, invalidation.agent());
            Binary.writeString(o, invalidation.version());
            Binary.writeString(o, invalidation.dependency());
            o.writeLong(invalidation.time());
        });
    }

    /**
     * What was kept, as far as this job can follow it.
     *
     * @param dropped why each agent that is left out can't be followed any longer, as when the job has lost its
     *     transport; calls of them are refused by name
     */
    public record Restored(AgentRegistry registry, List<String> dropped) {}

    /**
     * @param transports the kinds of transport that the job has
     * @throws IOException also when the bytes are of a version that this build does not know
     */
    public static Restored read(DataInput in, Set<String> transports) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a registry in version " + version + "; this build reads version " + VERSION);
        }
        AgentRegistry registry = AgentRegistry.empty(transports);
        List<String> dropped = new ArrayList<>();
        for (Kept kept : Binary.readList(in, i -> new Kept(Binary.readString(i), Binary.readBytes(i)))) {
            try {
                registry = registry.withAgent(kept.definition());
            } catch (RejectedEventException e) {
                dropped.add(kept.agent() + ": " + e.getMessage());
            }
        }
        for (Invalidation invalidation : Binary.readList(
                in,
                i -> new Invalidation(
                        Binary.readString(i), Binary.readString(i), Binary.readString(i), i.readLong()))) {
            registry = registry.with(invalidation);
        }
        return new Restored(registry, List.copyOf(dropped));
    }

    private record Kept(String agent, byte[] event) {

        AgentDefinition definition() throws RejectedEventException {
            byte[] key = agent.getBytes(StandardCharsets.UTF_8);
            return AgentRegistryReader.read(new SourceRecord(Topics.AGENT_REGISTRY, 0, 0, 0, key, event, List.of()))
                    .definition();
        }
    }
}
