package io.millrace.local.agent;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        Set<Long> refused = new HashSet<>();
        NavigableMap<String, AgentRegistryEvent> byName = new TreeMap<>();
        TopicScan.read(kafka, List.of(Topics.AGENT_REGISTRY_DLQ, Topics.AGENT_REGISTRY), LIMIT, record -> {
            if (record.topic().equals(Topics.AGENT_REGISTRY_DLQ)) {
                Rejection.of(record)
                        .filter(rejection -> rejection.topic().equals(Topics.AGENT_REGISTRY))
                        .ifPresent(rejection -> refused.add(rejection.offset()));
            } else if (!refused.contains(record.offset())) {
                apply(record, byName);
            }
        });
        return new Agents(byName);
    }

    private static void apply(ConsumerRecord<byte[], byte[]> record, NavigableMap<String, AgentRegistryEvent> byName) {
        AgentRegistryEvent event;
        try {
            event = AgentRegistryReader.read(new SourceRecord(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    List.of()));
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
