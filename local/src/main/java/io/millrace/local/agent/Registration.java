package io.millrace.local.agent;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicWait;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes one event to the registry and sees whether the job refuses it. */
public final class Registration implements AutoCloseable {

    private final KafkaConnection kafka;
    private final TopicWait deadLetters;
    private RecordMetadata position;

    public Registration(KafkaConnection kafka) {
        this.kafka = kafka;
        this.deadLetters = new TopicWait(kafka, List.of(Topics.AGENT_REGISTRY_DLQ));
    }

    /** Publishes without looking for a refusal. */
    public static RecordMetadata publish(KafkaConnection kafka, AgentRegistryEvent event) {
        return publish(kafka, event, AgentRegistryWriter.write(event));
    }

    /** Takes an agent out of the registry. */
    public static void remove(KafkaConnection kafka, AgentRegistryEvent registered) {
        publish(kafka, about(registered, Kind.REMOVED, null, null));
    }

    /**
     * Makes kept answers of an agent worthless.
     *
     * @param version of the agent whose answers they are; null for all
     * @param dependency of the calls they answer; null for all
     */
    public static void invalidate(
            KafkaConnection kafka, AgentRegistryEvent registered, String version, String dependency) {
        publish(kafka, about(registered, Kind.CACHE_INVALIDATED, version, dependency));
    }

    private static AgentRegistryEvent about(
            AgentRegistryEvent registered, Kind kind, String version, String dependency) {
        return new AgentRegistryEvent(
                UUID.randomUUID(),
                kind,
                System.currentTimeMillis(),
                registered.tenant(),
                registered.agent(),
                null,
                version,
                dependency,
                null);
    }

    private static RecordMetadata publish(KafkaConnection kafka, AgentRegistryEvent event, byte[] value) {
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        return TopicPublisher.send(kafka, new ProducerRecord<>(Topics.AGENT_REGISTRY, key, value));
    }

    /** @param value the event as it was written; kept as it stands */
    public RecordMetadata publish(AgentRegistryEvent event, byte[] value) {
        position = publish(kafka, event, value);
        return position;
    }

    /**
     * Why the job refused what was published.
     *
     * @param limit how long to wait for that; there is no word from a job that accepts
     */
    public Optional<Rejection> rejection(Duration limit) {
        return deadLetters.await(limit, record -> Rejection.of(record)
                .filter(letter -> letter.isOf(position.topic(), position.partition(), position.offset())));
    }

    @Override
    public void close() {
        deadLetters.close();
    }
}
