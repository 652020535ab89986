package io.millrace.local.rollout;

import io.millrace.local.topic.AcceptedRecords;
import io.millrace.local.topic.DefinitionsFile.Kind;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.local.topic.TopicWait;
import io.millrace.logic.rollout.Plan;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The roll-outs there are as of now, what they did, and how they are defined and commanded. */
public final class Rollouts {
    /** As they stand in files. */
    public static final Kind<RolloutDefined> KIND =
            new Kind<>("rollout.defined", Topics.ROLLOUT_DEFINITIONS, "a", "roll-out", Plan::read);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Rollouts() {}

    /**
     * The latest definition of that name that is one; empty when there is none. One that came while the roll-out was under way
     * is refused by an event, and still stands here.
     */
    public static Optional<RolloutDefined> definition(KafkaConnection kafka, String rollout) {
        RolloutDefined[] found = new RolloutDefined[1];
        AcceptedRecords.read(kafka, Topics.ROLLOUT_DEFINITIONS, LIMIT, record -> {
            String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            try {
                if (rollout.equals(key)) {
                    found[0] = record.value() == null ? null : Plan.read(record);
                }
            } catch (RejectedEventException e) {
                // The job makes it a dead letter; it changes nothing.
                return;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    /** How each is, by flag. */
    public static List<RolloutStatus> statuses(KafkaConnection kafka) {
        Map<String, RolloutStatus> byFlag = new TreeMap<>();
        TopicScan.read(kafka, List.of(Topics.ROLLOUT_STATUS), LIMIT, record -> {
            if (record.key() == null) {
                return;
            }
            String flag = new String(record.key(), StandardCharsets.UTF_8);
            byFlag.remove(flag);
            if (record.value() != null) {
                status(record).ifPresent(status -> byFlag.put(flag, status));
            }
        });
        return List.copyOf(byFlag.values());
    }

    private static Optional<RolloutStatus> status(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(RolloutStatus.read(SourceRecords.of(record)));
        } catch (RejectedEventException e) {
            // Somebody else wrote to the topic.
            return Optional.empty();
        }
    }

    /** What a roll-out did, as far as that is kept; each event once. Numbers are those of a flag, and it may have had several. */
    public static List<RolloutEvent> events(KafkaConnection kafka, String rollout) {
        Map<UUID, RolloutEvent> byId = new HashMap<>();
        TopicScan.read(kafka, List.of(Topics.ROLLOUT_EVENTS), LIMIT, record -> event(record)
                .filter(event -> event.rollout().equals(rollout))
                .ifPresent(event -> byId.putIfAbsent(event.envelope().eventId(), event)));
        return byId.values().stream()
                .sorted(Comparator.comparing(
                                (RolloutEvent event) -> event.envelope().occurredAt())
                        .thenComparing(RolloutEvent::number))
                .toList();
    }

    private static Optional<RolloutEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(RolloutEvent.read(SourceRecords.of(record)));
        } catch (RejectedEventException e) {
            return Optional.empty();
        }
    }

    /** Publishes a definition, and returns what came of it: empty when nothing was heard within the limit. */
    public static Optional<RolloutEvent> define(
            KafkaConnection kafka, Written<RolloutDefined> written, Duration limit) {
        byte[] key = written.name().getBytes(StandardCharsets.UTF_8);
        try (TopicWait events = new TopicWait(kafka, List.of(Topics.ROLLOUT_EVENTS))) {
            TopicPublisher.send(kafka, new ProducerRecord<>(Topics.ROLLOUT_DEFINITIONS, key, written.value()));
            return events.await(limit, record -> event(record)
                    .filter(event -> event.rollout().equals(written.name()))
                    .filter(event ->
                            event.kind() == RolloutEvent.Kind.DEFINED || event.kind() == RolloutEvent.Kind.REFUSED));
        }
    }

    /** Publishes a command, and returns the answer: empty when none was heard within the limit. */
    public static Optional<RolloutEvent> tell(KafkaConnection kafka, RolloutCommand command, Duration limit) {
        try (TopicWait events = new TopicWait(kafka, List.of(Topics.ROLLOUT_EVENTS))) {
            publish(kafka, command);
            return events.await(limit, record -> event(record)
                    .filter(event -> command.envelope().eventId().equals(event.causeId())));
        }
    }

    /** Publishes a command, and waits for nothing. */
    public static void publish(KafkaConnection kafka, RolloutCommand command) {
        byte[] key = command.rollout().getBytes(StandardCharsets.UTF_8);
        TopicPublisher.send(kafka, new ProducerRecord<>(Topics.ROLLOUT_COMMANDS, key, command.toJson()));
    }
}
