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
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the workflows that come with Millrace and starts runs of them, one after the other; whoever they ask answers
 * after a while, mostly with yes.
 */
public final class WorkflowTraffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowTraffic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_RUNS = Duration.ofSeconds(2);
    private static final Duration THINKING = Duration.ofSeconds(6);
    private static final String TENANT = Envelope.DEFAULT_TENANT;
    private static final String NOBODY_IN_PARTICULAR = "demo-bot";
    private static final int ONE_IN_REJECTED = 5;
    private static final List<String> SERVICES = List.of("billing", "checkout", "search", "gateway");

    private final Random random = new Random();
    private final List<Example> examples;
    private final PriorityQueue<Answer> answers = new PriorityQueue<>();
    private final KafkaConsumer<byte[], byte[]> requests;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "workflow-traffic");
    private final String prefix = "demo-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    private int started;
    private Instant next = Instant.EPOCH;
    private volatile boolean stopped;

    /** A workflow, and what a run of it starts with. */
    private record Example(WorkflowDefined defined, String input) {}

    /** A decision that is made at a time. */
    private record Answer(Instant at, ApprovalDecided decision) implements Comparable<Answer> {
        @Override
        public int compareTo(Answer other) {
            return at.compareTo(other.at);
        }
    }

    private WorkflowTraffic(KafkaConnection kafka, List<Example> examples) {
        this.examples = examples;
        var partitions = kafka.partitions(Topics.APPROVAL_REQUESTS);
        requests = kafka.consumer(null);
        requests.assign(partitions);
        requests.seekToEnd(partitions);
        partitions.forEach(requests::position);
        producer = kafka.producer();
        thread.setDaemon(true);
    }

    /** @param folder with a file for each workflow, and beside it {@code <file>.input.json} with what a run starts with */
    public static WorkflowTraffic start(KafkaConnection kafka, Path folder) {
        WorkflowTraffic traffic = new WorkflowTraffic(kafka, examples(folder));
        traffic.examples.forEach(example -> traffic.send(
                Topics.WORKFLOW_DEFINITIONS,
                example.defined().key(),
                example.defined().toJson()));
        traffic.thread.start();
        return traffic;
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

    private void run() {
        try (requests) {
            while (!stopped) {
                requests.poll(POLL).forEach(this::think);
                Instant now = Instant.now();
                while (!answers.isEmpty() && answers.peek().at().isBefore(now)) {
                    ApprovalDecided decision = answers.poll().decision();
                    send(Topics.APPROVAL_DECISIONS, decision.runId(), decision.toJson());
                }
                if (!examples.isEmpty() && now.isAfter(next)) {
                    startOne();
                    next = now.plus(BETWEEN_RUNS);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The runs of workflows ended early", e);
        }
    }

    private void startOne() {
        Example example = examples.get(started++ % examples.size());
        WorkflowStart start = new WorkflowStart(
                envelope("workflow.start"),
                prefix + started,
                example.defined().workflow(),
                example.defined().version(),
                example.input(),
                Map.of("service", SERVICES.get(random.nextInt(SERVICES.size()))),
                null);
        send(Topics.WORKFLOW_COMMANDS, start.runId(), start.toJson());
    }

    /** Makes up the minds of as many as are needed. */
    private void think(ConsumerRecord<byte[], byte[]> record) {
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

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Stops, and returns when everything published is acknowledged. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
