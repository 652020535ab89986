package io.millrace.bench.workflows;

import io.millrace.bench.meter.JobTopics;
import io.millrace.bench.meter.TopicLog;
import io.millrace.jobs.agents.AgentsJob;
import io.millrace.jobs.workflows.WorkflowsJob;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowStart;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of the jobs that runs need: publishes what people do, and tells when things came by the broker's clock. */
final class RunTopics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final KafkaBroker broker;
    private final TopicProbe probe;

    RunTopics(KafkaBroker broker) {
        this.broker = broker;
        this.probe = new TopicProbe(broker, JobTopics.of(AgentsJob.JOB, WorkflowsJob.JOB));
    }

    void register(String agent, String url) {
        String json =
                """
                {"schema_version":1,"event_id":"%s","event_type":"agent.registered","occurred_at":"%s","agent":"%s",
                 "version":1,"type":"OTHER","transport":{"kind":"http","url":"%s"},"timeout_ms":60000}
                """
                        .formatted(UUID.randomUUID(), Instant.now(), agent, url);
        probe.publish(Topics.AGENT_REGISTRY, agent, json.getBytes(StandardCharsets.UTF_8));
        probe.flush();
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), Envelope.DEFAULT_TENANT, null, null);
    }

    void define(String workflow, String text) {
        WorkflowDefined defined = new WorkflowDefined(
                envelope("workflow.defined"), workflow, "1.0.0", WorkflowDefined.digestOf(text), text);
        probe.publish(Topics.WORKFLOW_DEFINITIONS, defined.key(), defined.toJson());
        probe.flush();
    }

    void start(String runId, String workflow) {
        WorkflowStart start =
                new WorkflowStart(envelope("workflow.start"), runId, workflow, "1.0.0", "{\"n\":1}", Map.of(), null);
        probe.publish(Topics.WORKFLOW_COMMANDS, runId, start.toJson());
    }

    void approve(String runId, String requestId) {
        ApprovalDecided decided =
                new ApprovalDecided(envelope("approval.decided"), runId, requestId, "approve", "ada", null, null);
        probe.publish(Topics.APPROVAL_DECISIONS, runId, decided.toJson());
    }

    void flush() {
        probe.flush();
    }

    /**
     * The log times of the first record of each name.
     *
     * @param name of a record; null for one that does not matter
     * @throws TimeoutException when there are not that many within {@link #LIMIT}
     */
    Map<String, Long> awaitTimes(String topic, int wanted, Function<ConsumerRecord<byte[], byte[]>, String> name)
            throws InterruptedException, TimeoutException {
        try (TopicLog log = new TopicLog(broker.bootstrapServers(), topic)) {
            return log.awaitTimes(wanted, LIMIT, name);
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
