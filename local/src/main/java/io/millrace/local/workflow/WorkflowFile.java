package io.millrace.local.workflow;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.local.topic.TopicWait;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.workflow.WorkflowDefined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A workflow as it stands in a file.
 *
 * @param workflow {@code document.name} of the text
 * @param version {@code document.version} of the text
 */
public record WorkflowFile(String workflow, String version, String text) {
    private static final String LETTERS = Topics.WORKFLOW_DEFINITIONS_DLQ;
    private static final Duration SCAN_LIMIT = Duration.ofSeconds(60);
    private static final UUID DEFINITIONS = Uuid5.of(new UUID(0, 0), "workflow.defined");

    /**
     * @param name what messages call it
     * @throws WorkflowException saying what is wrong with it
     */
    public static WorkflowFile read(String name, String text) {
        Program program;
        try {
            program = DefinitionReader.program(text);
        } catch (RejectedEventException e) {
            throw new WorkflowException(name + ": " + e.getMessage(), e);
        }
        return new WorkflowFile(program.name(), program.version(), text);
    }

    /**
     * The event that publishes it, the same whenever it is.
     *
     * @throws WorkflowException when the job would refuse it
     */
    public WorkflowDefined defined(String tenant) {
        String digest = WorkflowDefined.digestOf(text);
        UUID id = Uuid5.of(DEFINITIONS, tenant + '/' + workflow + '/' + version + '/' + digest);
        Envelope envelope = new Envelope(id, "workflow.defined", Instant.now(), tenant, null, null);
        byte[] event = new WorkflowDefined(envelope, workflow, version, digest, text).toJson();
        try {
            return WorkflowDefined.read(new SourceRecord(Topics.WORKFLOW_DEFINITIONS, 0, 0, 0, null, event, List.of()));
        } catch (RejectedEventException e) {
            throw new WorkflowException(e.messageWithoutPlace(), e);
        }
    }

    /**
     * Publishes definitions.
     *
     * @param limit for how long the job may say that it refuses one; there is no word from a job that accepts
     * @return why it refused the first of them
     */
    public static Optional<Rejection> publish(
            KafkaConnection kafka, Collection<WorkflowDefined> definitions, Duration limit) {
        Set<Long> offsets = new HashSet<>();
        try (TopicWait letters = new TopicWait(kafka, List.of(LETTERS))) {
            definitions.forEach(defined ->
                    offsets.add(TopicPublisher.send(kafka, record(defined)).offset()));
            return letters.await(limit, record -> Rejection.of(record)
                    .filter(letter ->
                            letter.topic().equals(Topics.WORKFLOW_DEFINITIONS) && offsets.contains(letter.offset())));
        }
    }

    /** Publishes a definition unless that version of it is there, whatever it says. */
    public static void publishMissing(KafkaConnection kafka, WorkflowDefined defined) {
        byte[] key = defined.key().getBytes(StandardCharsets.UTF_8);
        boolean[] there = {false};
        TopicScan.read(
                kafka,
                List.of(Topics.WORKFLOW_DEFINITIONS),
                SCAN_LIMIT,
                record -> there[0] |= Arrays.equals(record.key(), key));
        if (!there[0]) {
            TopicPublisher.send(kafka, record(defined));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(WorkflowDefined defined) {
        return new ProducerRecord<>(
                Topics.WORKFLOW_DEFINITIONS, defined.key().getBytes(StandardCharsets.UTF_8), defined.toJson());
    }
}
