package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JarRun;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.flink.FlinkProcesses;
import io.millrace.testing.flink.JobWaits;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is deployed: on a cluster of other processes, redeployed as another build, its TaskManager killed. */
@Timeout(180)
class TasksClusterITCase {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int TASKS = 40;

    @TempDir
    Path directory;

    @Test
    void theJarKeepsItsRemindersOverAChangedBuildAndAKilledTaskManager() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TaskTopics topics = TaskTopics.make(broker, "");
                FlinkProcesses cluster = start()) {
            JobWaits jobs = cluster.jobs();
            String first = run(cluster, jar(), topics.arguments(), null);
            Instant due = Instant.now().plusSeconds(15);
            create(topics, "t-redeployed-", due);
            topics.await("views", () -> topics.read(topics.updates()).size() == TASKS);

            String savepoint = jobs.stopWithSavepoint(first, directory.resolve("savepoints"), LIMIT);
            String second = run(cluster, changedBuild(), topics.arguments("--unknown-task-wait", "1 min"), savepoint);
            topics.await("the reminders", () -> topics.read(topics.reminders()).size() >= TASKS);
            assertThat(sent(topics).values()).hasSize(TASKS).allSatisfy(reminder -> assertThat(
                            reminder.path("late").asBoolean())
                    .isFalse());

            create(topics, "t-killed-", Instant.now().plusSeconds(4));
            topics.await("more views", () -> topics.read(topics.updates()).size() == 2 * TASKS);
            cluster.killTaskManager(0);
            cluster.startTaskManager();
            jobs.awaitRunning(second, LIMIT);
            topics.await("the other reminders", () -> sent(topics).size() == 2 * TASKS);
            assertThat(cluster.rest().checkpoints(second).restored()).isGreaterThanOrEqualTo(1);
            jobs.cancel(second, LIMIT);
        }
    }

    private FlinkProcesses start() {
        return FlinkProcesses.in(directory.resolve("flink"), classpathOfFlink())
                .taskManagers(1, 2)
                .memory(256, 128)
                .setting("parallelism.default", "2")
                .setting("state.backend.type", "rocksdb")
                .setting("execution.checkpointing.interval", "500 ms")
                .setting("execution.checkpointing.incremental", "true")
                .setting(
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString())
                .setting("restart-strategy.type", "fixed-delay")
                .setting("restart-strategy.fixed-delay.attempts", "1000")
                .setting("restart-strategy.fixed-delay.delay", "200 ms")
                .setting("heartbeat.interval", "1 s")
                .setting("heartbeat.timeout", "5 s")
                .startLimit(LIMIT)
                .start();
    }

    /** What a Flink distribution has: this test's classpath without what is in the jar, and without the broker. */
    private static String classpathOfFlink() {
        List<String> inTheJar = List.of(
                File.separator + "target" + File.separator,
                "millrace-",
                "flink-connector-kafka",
                "org" + File.separator + "apache" + File.separator + "kafka",
                "fasterxml",
                "lib-recur",
                "-tests.jar");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> inTheJar.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String run(FlinkProcesses cluster, Path jar, List<String> arguments, String savepoint) {
        FlinkRest rest = cluster.rest();
        String job = rest.runJar(rest.uploadJar(jar), JarRun.of(null, arguments).from(savepoint));
        cluster.jobs().awaitRunning(job, LIMIT);
        return job;
    }

    private static Path jar() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("millrace-tasks-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar in target; run mvn verify"));
        }
    }

    /** The jar with one more resource: to Flink, another one. */
    private Path changedBuild() throws Exception {
        Path changed = directory.resolve("millrace-tasks-changed.jar");
        try (JarFile original = new JarFile(jar().toFile());
                OutputStream file = Files.newOutputStream(changed);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Enumeration<JarEntry> entries = original.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                out.putNextEntry(new JarEntry(entry.getName()));
                original.getInputStream(entry).transferTo(out);
            }
            out.putNextEntry(new JarEntry("another-build.txt"));
        }
        return changed;
    }

    private static void create(TaskTopics topics, String prefix, Instant due) {
        for (int i = 0; i < TASKS; i++) {
            topics.publish(EventJson.created("u-" + i, prefix + i).due(due.plusMillis(i)));
        }
    }

    /** The reminders by id; none is before its moment. */
    private static Map<String, JsonNode> sent(TaskTopics topics) {
        Map<String, JsonNode> sent = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> reminder : topics.read(topics.reminders())) {
            JsonNode json = TaskTopics.json(reminder);
            Instant moment = Instant.parse(json.path("remind_at").asText());
            assertThat(reminder.timestamp()).isGreaterThanOrEqualTo(moment.toEpochMilli());
            sent.put(json.path("event_id").asText(), json);
        }
        return sent;
    }
}
