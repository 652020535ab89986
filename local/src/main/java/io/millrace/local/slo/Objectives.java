package io.millrace.local.slo;

import io.millrace.local.topic.AcceptedRecords;
import io.millrace.local.topic.DefinitionsFile.Kind;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicWait;
import io.millrace.logic.slo.ScopedObjective;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The objectives that are defined as of now, and how they are changed. */
public final class Objectives {
    /** As they stand in files. */
    public static final Kind<SloDefined> KIND =
            new Kind<>("slo.defined", Topics.SLO_DEFINITIONS, "an", "objective", Objectives::accepted);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LETTERS = Topics.SLO_DEFINITIONS + Topics.DEAD_LETTER_SUFFIX;

    private Objectives() {}

    /** The latest of each name, by name, less what the job refuses or did refuse. */
    public static NavigableMap<String, SloDefined> read(KafkaConnection kafka) {
        NavigableMap<String, SloDefined> byName = new TreeMap<>();
        AcceptedRecords.read(kafka, Topics.SLO_DEFINITIONS, LIMIT, record -> apply(record, byName));
        return byName;
    }

    private static void apply(SourceRecord record, NavigableMap<String, SloDefined> byName) {
        if (record.value() == null) {
            if (record.key() != null) {
                byName.remove(new String(record.key(), StandardCharsets.UTF_8));
            }
            return;
        }
        try {
            SloDefined defined = accepted(record);
            byName.put(defined.name(), defined);
        } catch (RejectedEventException e) {
            // The job makes it a dead letter; it changes nothing.
            return;
        }
    }

    private static SloDefined accepted(SourceRecord record) throws RejectedEventException {
        SloDefined defined = SloDefined.read(record);
        ScopedObjective.of(defined);
        return defined;
    }

    /**
     * Publishes objectives.
     *
     * @param limit for how long the job may say that it refuses one; there is no word from a job that accepts
     * @return why it refused the first of them
     */
    public static Optional<Rejection> publish(
            KafkaConnection kafka, List<Written<SloDefined>> objectives, Duration limit) {
        Set<Long> offsets = new HashSet<>();
        try (TopicWait letters = new TopicWait(kafka, List.of(LETTERS))) {
            objectives.forEach(objective -> offsets.add(
                    publish(kafka, objective.name(), objective.value()).offset()));
            return letters.await(limit, record -> Rejection.of(record)
                    .filter(letter ->
                            letter.topic().equals(Topics.SLO_DEFINITIONS) && offsets.contains(letter.offset())));
        }
    }

    /** Publishes those of which none by the same name is there. */
    public static void publishMissing(KafkaConnection kafka, List<Written<SloDefined>> objectives) {
        Set<String> there = read(kafka).keySet();
        objectives.stream()
                .filter(objective -> !there.contains(objective.name()))
                .forEach(objective -> publish(kafka, objective.name(), objective.value()));
    }

    /** Takes an objective away. */
    public static void remove(KafkaConnection kafka, String name) {
        publish(kafka, name, null);
    }

    private static RecordMetadata publish(KafkaConnection kafka, String name, byte[] value) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        return TopicPublisher.send(kafka, new ProducerRecord<>(Topics.SLO_DEFINITIONS, key, value));
    }
}
