package io.millrace.schema.agent;

import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the events of {@code agent-registry}. An instance reads one event, in two passes: its type says which fields it
 * has.
 */
public final class AgentRegistryReader {
    /** The largest value that is accepted. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final ObjectFields<AgentRegistryReader> FIELDS = new ObjectFields<AgentRegistryReader>("")
            .with("agent", (into, field, json) -> into.agent = Values.agent(field, json))
            .with("version", (into, field, json) -> into.version = AgentDefinitionReader.version(field, json))
            .with("dependency", (into, field, json) -> into.dependency = json.identifier(field, EnvelopeReader.MAX_ID));

    private final Kind kind;
    private final EnvelopeReader envelope = new EnvelopeReader(AgentRegistryReader::isKnown);
    private final AgentDefinitionReader definition = new AgentDefinitionReader();
    private int seen;
    private String agent;
    private String version;
    private String dependency;

    private AgentRegistryReader(Kind kind) {
        this.kind = kind;
    }

    /**
     * Reads the event that a record holds. A tombstone removes the agent that its key names; it is ignored, null, when
     * the key is that of an invalidation.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public static AgentRegistryEvent read(SourceRecord source) throws RejectedEventException {
        String key = source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
        if (source.value() == null) {
            return tombstone(key, source.timestamp());
        }
        AgentRegistryEvent event = EventValue.read(source, MAX_BYTES, AgentRegistryReader::read);
        if (!event.key().equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "key: the topic is compacted, so the record's key must be \"" + event.key() + "\"");
        }
        return event;
    }

    private static AgentRegistryEvent tombstone(String key, long timestamp) throws RejectedEventException {
        if (key == null) {
            throw new RejectedEventException(ErrorCode.INVALID_KEY, "key: a tombstone needs the name of an agent");
        }
        return key.indexOf('/') >= 0
                ? null
                : new AgentRegistryEvent(
                        null, Kind.REMOVED, timestamp, Envelope.DEFAULT_TENANT, key, null, null, null, null);
    }

    private static boolean isKnown(String type) {
        return Kind.ofWireName(type) != null;
    }

    private static AgentRegistryEvent read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        Precedence first = Precedence.of(value, AgentRegistryReader::isKnown);
        if (first.rejection() != null) {
            throw first.rejection();
        }
        String type = first.type() != null ? first.type() : cloudEvent.eventType();
        AgentRegistryReader reader = new AgentRegistryReader(type == null ? null : Kind.ofWireName(type));
        JsonEvent.readObject(value, 0, value.length, reader::readField);
        return reader.finish(reader.envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (envelope.readField(name, json) || kind == null) {
            return;
        }
        if (kind == Kind.REGISTERED) {
            definition.readField(name, json);
        } else if (kind == Kind.CACHE_INVALIDATED || name.equals("agent")) {
            seen = FIELDS.read(name, json, this, seen);
        }
    }

    private AgentRegistryEvent finish(Envelope common) throws RejectedEventException {
        AgentDefinition registered = kind == Kind.REGISTERED ? definition.finish() : null;
        String name = registered == null ? agent : registered.agent();
        Values.require(name, "agent");
        return new AgentRegistryEvent(
                common.eventId(),
                kind,
                common.occurredAt().toEpochMilli(),
                common.tenant(),
                name,
                registered,
                version,
                dependency,
                common.correlationId());
    }
}
