package io.millrace.local.workflow;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicWait;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells a run something and sees what happens in it from then on. */
public final class RunWatch implements AutoCloseable {
    private final KafkaConnection kafka;
    private final String tenant;
    private final String runId;
    private final TopicWait events;
    private long last;

    /** @throws io.millrace.local.topic.TopicException when the topics of workflows are not there */
    public RunWatch(KafkaConnection kafka, String tenant, String runId) {
        this.kafka = kafka;
        this.tenant = tenant;
        this.runId = runId;
        this.events = new TopicWait(kafka, List.of(Topics.WORKFLOW_EVENTS));
    }

    /** Publishes an event about the run. */
    public void tell(String topic, byte[] value) {
        TopicPublisher.send(kafka, new ProducerRecord<>(topic, runId.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Events up to this one were seen already. */
    public void after(long number) {
        last = Math.max(last, number);
    }

    /**
     * Waits until something happens.
     *
     * @param seen is shown each event, once and in order, until it says that it is the one
     * @return empty when it was not among those that came within {@code limit}
     */
    public Optional<WorkflowEvent> await(Duration limit, Predicate<WorkflowEvent> seen) {
        return events.await(limit, record -> Runs.eventOf(tenant, runId, record)
                .filter(event -> event.number() > last)
                .filter(event -> {
                    last = event.number();
                    return seen.test(event);
                }));
    }

    @Override
    public void close() {
        events.close();
    }
}
