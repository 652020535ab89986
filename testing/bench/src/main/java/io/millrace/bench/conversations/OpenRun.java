package io.millrace.bench.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.JobTopics;
import io.millrace.bench.meter.TopicLog;
import io.millrace.jobs.conversations.ConversationsJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.testing.flink.JobCluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Many conversations that are open, each with a message that has an address in it and its answer: what they take on disk
 * and on the heap. The conversations job alone, on one slot; the runs of its turns end at once.
 */
public final class OpenRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int AT_ONCE = 20_000;
    private static final double MEGABYTE = 1 << 20;
    private static final String OUTPUT =
            "{\"action\":\"reply\",\"text\":\"Delivery takes three to five working days.\",\"language\":\"en\",\"intent\":"
                    + "\"delivery\",\"confidence\":0.8}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path flinkDirectory;
    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final TalkTopics topics;
    private final Consumer<String> progress;
    private final JobID job;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread answerer = new Thread(this::answer, "answerer");
    private volatile boolean ended;

    /** @param directory for everything; empty */
    public OpenRun(Path directory, Map<String, String> flink, Consumer<String> progress) throws Exception {
        this.progress = progress;
        flinkDirectory = directory.resolve("flink");
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(flinkDirectory, 1, 1, flink);
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(JobTopics.of(ConversationsJob.JOB));
        }
        topics = new TalkTopics(broker.bootstrapServers());
        String[] arguments = Stream.concat(
                        Stream.of("--kafka.bootstrap-servers", broker.bootstrapServers(), "--turn-timeout", "1 h"),
                        Stream.of(TurnsRun.conversations(directory)))
                .toArray(String[]::new);
        job = cluster.run(1, env -> ConversationsJob.JOB.define(JobEnvironment.prepare(env), arguments));
        answerer.setDaemon(true);
        answerer.start();
    }

    /** Begins that many, has each answered, and looks. */
    public void measure(int conversations, Figures figures) throws Exception {
        cluster.awaitCheckpoint(job);
        double heapBefore = heapMegabytes();
        long diskBefore = stateBytes();
        long start = System.nanoTime();
        try (TopicLog replies = new TopicLog(broker.bootstrapServers(), Topics.CONVERSATION_REPLIES)) {
            for (int begun = 0; begun < conversations; ) {
                int next = Math.min(conversations, begun + AT_ONCE);
                for (int i = begun; i < next; i++) {
                    topics.write("c-" + i);
                }
                topics.flush();
                begun = next;
                replies.await(begun, LIMIT);
                requireWell();
                progress.accept(String.format("%,d conversations …", begun));
            }
        }
        figures.add("open_per_second", conversations / ((System.nanoTime() - start) / 1e9));
        cluster.awaitCheckpoint(job);
        figures.add("open_heap_mb", heapMegabytes() - heapBefore);
        long disk = stateBytes() - diskBefore;
        figures.add("open_state_mb", disk / MEGABYTE);
        figures.add("open_state_bytes_each", (double) disk / conversations);
    }

    private void requireWell() {
        if (failure.get() != null) {
            throw new IllegalStateException("who ends the runs of turns gave up", failure.get());
        }
    }

    /** RocksDB's files. */
    private long stateBytes() throws IOException {
        return DiskUsage.bytes(flinkDirectory.resolve("tmp"));
    }

    private static double heapMegabytes() throws InterruptedException {
        // The second one finds what the first one's finalizers let go.
        System.gc();
        TimeUnit.SECONDS.sleep(1);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private void answer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "answerer",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.WORKFLOW_COMMANDS));
            while (!ended) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    end(JSON.readTree(record.value()));
                }
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    private void end(JsonNode start) {
        if (!start.path("event_type").asText().equals("workflow.start")) {
            return;
        }
        Instant now = Instant.now();
        WorkflowRun run = new WorkflowRun(
                TalkTopics.envelope("workflow.run"),
                start.path("run_id").asText(),
                "customer-turn",
                "1.0.0",
                null,
                9,
                RunStatus.COMPLETED,
                now,
                now,
                Map.of("conversation", start.at("/attributes/conversation").asText()),
                List.of(),
                7,
                0,
                0,
                OUTPUT,
                null,
                null);
        topics.publish(Topics.WORKFLOW_RUNS, run.key(), run.toJson());
    }

    @Override
    public void close() throws Exception {
        ended = true;
        answerer.join(LIMIT.toMillis());
        cluster.cancel(job);
        topics.close();
        cluster.close();
        broker.close();
    }
}
