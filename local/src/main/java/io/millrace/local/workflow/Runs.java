package io.millrace.local.workflow;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The runs of a tenant, as they were told last. */
public final class Runs {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, WorkflowRun> byId;

    private Runs(Map<String, WorkflowRun> byId) {
        this.byId = byId;
    }

    /** Reads the views of runs to their end. */
    public static Runs read(KafkaConnection kafka, String tenant) {
        Map<String, WorkflowRun> byId = new HashMap<>();
        TopicScan.read(kafka, List.of(Topics.WORKFLOW_RUNS), LIMIT, record -> viewOf(tenant, record)
                .ifPresent(run -> byId.merge(
                        run.runId(), run, (known, other) -> other.number() >= known.number() ? other : known)));
        return new Runs(byId);
    }

    /** The view that a record is, if it is one of the tenant. */
    static Optional<WorkflowRun> viewOf(String tenant, ConsumerRecord<byte[], byte[]> record) {
        try {
            WorkflowRun run = WorkflowRun.read(SourceRecords.of(record));
            return run.envelope().tenant().equals(tenant) ? Optional.of(run) : Optional.empty();
        } catch (RejectedEventException e) {
            // Whatever somebody wrote there, it is no view.
            return Optional.empty();
        }
    }

    /** The event that a record is, if it is one of that run. */
    static Optional<WorkflowEvent> eventOf(String tenant, String runId, ConsumerRecord<byte[], byte[]> record) {
        try {
            WorkflowEvent event = WorkflowEvent.read(SourceRecords.of(record));
            boolean isOfRun =
                    event.runId().equals(runId) && event.envelope().tenant().equals(tenant);
            return isOfRun ? Optional.of(event) : Optional.empty();
        } catch (RejectedEventException e) {
            return Optional.empty();
        }
    }

    /** Those that were started last come first. */
    public List<WorkflowRun> latestFirst() {
        return byId.values().stream()
                .sorted(Comparator.comparing(WorkflowRun::startedAt).reversed().thenComparing(WorkflowRun::runId))
                .toList();
    }

    public Optional<WorkflowRun> find(String runId) {
        return Optional.ofNullable(byId.get(runId));
    }

    /** What waits for somebody's approval, the longest first. */
    public List<Asked> asked() {
        List<Asked> asked = new ArrayList<>();
        for (WorkflowRun run : byId.values()) {
            run.waitingFor().stream()
                    .filter(waiting -> waiting.kind() == Waiting.Kind.APPROVAL)
                    .forEach(waiting -> asked.add(new Asked(run, waiting)));
        }
        asked.sort(Comparator.comparing(one -> one.waiting().since()));
        return asked;
    }

    /** A run that waits for an approval. */
    public record Asked(WorkflowRun run, Waiting waiting) {}

    /** What happened in a run, in order, each once. */
    public static Collection<WorkflowEvent> events(KafkaConnection kafka, WorkflowRun run) {
        Map<Long, WorkflowEvent> byNumber = new TreeMap<>();
        scan(kafka, Topics.WORKFLOW_EVENTS, record -> eventOf(run.envelope().tenant(), run.runId(), record)
                .ifPresent(event -> byNumber.putIfAbsent(event.number(), event)));
        return byNumber.values();
    }

    /** The request of that id as it was asked last. */
    public static Optional<ApprovalRequested> request(KafkaConnection kafka, String tenant, String requestId) {
        ApprovalRequested[] found = new ApprovalRequested[1];
        scan(kafka, Topics.APPROVAL_REQUESTS, record -> {
            try {
                ApprovalRequested request = ApprovalRequested.read(SourceRecords.of(record));
                boolean isIt = request.requestId().equals(requestId)
                        && request.envelope().tenant().equals(tenant);
                if (isIt && (found[0] == null || request.level() >= found[0].level())) {
                    found[0] = request;
                }
            } catch (RejectedEventException e) {
                // No request.
                return;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private static void scan(KafkaConnection kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        TopicScan.read(kafka, List.of(topic), LIMIT, reader);
    }
}
