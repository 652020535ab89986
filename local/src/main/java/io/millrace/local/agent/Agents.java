package io.millrace.local.agent;

import io.millrace.local.topic.AcceptedRecords;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The agents that are registered as of now: the latest registration of each name, less those that were removed, or that
 * the job refused.
 */
public final class Agents {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NavigableMap<String, AgentRegistryEvent> byName;

    private Agents(NavigableMap<String, AgentRegistryEvent> byName) {
        this.byName = byName;
    }

    /** Reads the registry to its end. */
    public static Agents read(KafkaConnection kafka) {
        NavigableMap<String, AgentRegistryEvent> byName = new TreeMap<>();
        AcceptedRecords.read(kafka, Topics.AGENT_REGISTRY, LIMIT, record -> apply(record, byName));
        return new Agents(byName);
    }

    private static void apply(SourceRecord record, NavigableMap<String, AgentRegistryEvent> byName) {
        AgentRegistryEvent event;
        try {
            event = AgentRegistryReader.read(record);
        } catch (RejectedEventException e) {
            // The job makes it a dead letter; it changes nothing.
            return;
        }
        if (event != null && event.kind() == Kind.REGISTERED) {
            byName.put(event.agent(), event);
        } else if (event != null && event.kind() == Kind.REMOVED) {
            byName.remove(event.agent());
        }
    }

    /** The registrations, by name. */
    public Collection<AgentRegistryEvent> all() {
        return byName.values();
    }

    public Optional<AgentRegistryEvent> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }
}
