package io.millrace.local.demo;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.workflow.WorkflowFile;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the workflows that come with Millrace and starts runs of them, one after the other; whoever they ask answers
 * after a while, mostly with yes.
 */
public final class WorkflowTraffic implements LiveTraffic.Part {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowTraffic.class);
    private static final Duration BETWEEN_RUNS = Duration.ofSeconds(2);
    private static final Duration THINKING = Duration.ofSeconds(6);
    private static final String TENANT = Envelope.DEFAULT_TENANT;
    private static final String NOBODY_IN_PARTICULAR = "demo-bot";
    private static final int ONE_IN_REJECTED = 5;
    private static final List<String> SERVICES = List.of("billing", "checkout", "search", "gateway");

    private final Random random = new Random();
    private final List<Example> examples;
    private final PriorityQueue<Answer> answers = new PriorityQueue<>();
    private final String prefix = "demo-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    private int started;
    private Instant next = Instant.EPOCH;

    /** A workflow, and what a run of it starts with. */
    private record Example(WorkflowDefined defined, String input) {}

    /** A decision that is made at a time. */
    private record Answer(Instant at, ApprovalDecided decision) implements Comparable<Answer> {
        @Override
        public int compareTo(Answer other) {
            return at.compareTo(other.at);
        }
    }

    private WorkflowTraffic(List<Example> examples) {
        this.examples = examples;
    }

    /** @param folder with a file for each workflow, and beside it {@code <file>.input.json} with what a run starts with */
    public static LiveTraffic start(KafkaConnection kafka, Path folder) {
        return new LiveTraffic(kafka, "workflow-traffic", new WorkflowTraffic(examples(folder)));
    }

    private static List<Example> examples(Path folder) {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(WorkflowTraffic::isWorkflow).sorted().toList()) {
                WorkflowDefined defined = WorkflowFile.read(file.toString(), Files.readString(file))
                        .defined(TENANT);
                Path input = Path.of(file.toString().replaceFirst("\\.yaml$", ".input.json"));
                examples.add(new Example(defined, Files.exists(input) ? Files.readString(input) : null));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the example workflows can't be read: " + e.getMessage(), e);
        }
        return examples;
    }

    private static boolean isWorkflow(Path file) {
        return file.toString().endsWith(".yaml") && !file.toString().endsWith(".tests.yaml");
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.APPROVAL_REQUESTS);
    }

    @Override
    public void act(LiveTraffic out) {
        if (started == 0) {
            examples.forEach(example -> out.send(
                    Topics.WORKFLOW_DEFINITIONS,
                    example.defined().key(),
                    example.defined().toJson()));
        }
        Instant now = Instant.now();
        while (!answers.isEmpty() && answers.peek().at().isBefore(now)) {
            ApprovalDecided decision = answers.poll().decision();
            out.send(Topics.APPROVAL_DECISIONS, decision.runId(), decision.toJson());
        }
        if (!examples.isEmpty() && now.isAfter(next)) {
            startOne(out);
            next = now.plus(BETWEEN_RUNS);
        }
    }

    private void startOne(LiveTraffic out) {
        Example example = examples.get(started++ % examples.size());
        WorkflowStart start = new WorkflowStart(
                envelope("workflow.start"),
                prefix + started,
                example.defined().workflow(),
                example.defined().version(),
                example.input(),
                Map.of("service", SERVICES.get(random.nextInt(SERVICES.size()))),
                null);
        out.send(Topics.WORKFLOW_COMMANDS, start.runId(), start.toJson());
    }

    /** Makes up the minds of as many as are needed. */
    @Override
    public void hear(ConsumerRecord<byte[], byte[]> record, LiveTraffic out) {
        ApprovalRequested request;
        try {
            request = ApprovalRequested.read(SourceRecords.of(record));
        } catch (RejectedEventException e) {
            LOG.warn("No request: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
            return;
        }
        if (!request.runId().startsWith(prefix) || request.level() > 0) {
            return;
        }
        boolean yes = random.nextInt(ONE_IN_REJECTED) > 0;
        String choice = request.choices().get(yes ? 0 : request.choices().size() - 1);
        for (int i = 0; i < (yes ? request.quorum() : 1); i++) {
            String by = request.approvers().isEmpty()
                    ? NOBODY_IN_PARTICULAR + (i == 0 ? "" : "-" + i)
                    : request.approvers().get(i % request.approvers().size());
            answers.add(new Answer(
                    Instant.now().plus(THINKING.plusMillis(random.nextInt(3_000))),
                    new ApprovalDecided(
                            envelope("approval.decided"),
                            request.runId(),
                            request.requestId(),
                            choice,
                            by,
                            yes ? "looks good" : "not this time",
                            null)));
        }
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), TENANT, null, null);
    }
}
