package io.millrace.local.workflow;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicWait;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells many runs of a tenant to do something, and hears what becomes of it. */
public final class RunControls {
    private final String tenant;
    private final Set<Change> changes;
    private final Map<String, WorkflowEvent> answers = new HashMap<>();

    private RunControls(String tenant, Set<Change> changes) {
        this.tenant = tenant;
        this.changes = changes;
    }

    /**
     * Publishes commands to runs, and waits until each is answered.
     *
     * @param changes one of them is the answer
     * @param silence after which those that are not answered are given up
     * @param progress told how many are answered
     * @return by run; those that were not answered are missing
     */
    public static Map<String, WorkflowEvent> tell(
            KafkaConnection kafka,
            String tenant,
            Collection<WorkflowControl> controls,
            Set<Change> changes,
            Duration silence,
            IntConsumer progress) {
        RunControls telling = new RunControls(tenant, changes);
        kafka.partitions(Topics.WORKFLOW_COMMANDS);
        try (TopicWait events = new TopicWait(kafka, List.of(Topics.WORKFLOW_EVENTS))) {
            try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
                controls.forEach(control -> producer.send(new ProducerRecord<>(
                        Topics.WORKFLOW_COMMANDS, control.runId().getBytes(StandardCharsets.UTF_8), control.toJson())));
                producer.flush();
            }
            Set<String> asked =
                    Set.copyOf(controls.stream().map(WorkflowControl::runId).toList());
            int before = -1;
            while (telling.answers.size() > before && telling.answers.size() < asked.size()) {
                before = telling.answers.size();
                events.await(silence, record -> telling.hear(record, asked));
                progress.accept(telling.answers.size());
            }
        }
        return telling.answers;
    }

    /** @return present when there is nothing more to wait for */
    private Optional<Boolean> hear(ConsumerRecord<byte[], byte[]> record, Set<String> asked) {
        try {
            WorkflowEvent event = WorkflowEvent.read(SourceRecords.of(record));
            if (event.envelope().tenant().equals(tenant)
                    && asked.contains(event.runId())
                    && changes.contains(event.change())) {
                answers.putIfAbsent(event.runId(), event);
            }
        } catch (RejectedEventException e) {
            // Whatever somebody wrote there, it is no event.
            return Optional.empty();
        }
        return answers.size() == asked.size() ? Optional.of(true) : Optional.empty();
    }
}
