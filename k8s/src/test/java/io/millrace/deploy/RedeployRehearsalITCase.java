package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.flink.FlinkProcesses;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment and a redeployment as the operator does them, with what production's manifests say: a JobManager and
 * TaskManagers as processes, the topics that the chart makes, a stop with a savepoint where they say, a start from it.
 */
@Timeout(600)
class RedeployRehearsalITCase {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final List<Manifest> MANIFESTS = Project.render("production");

    @TempDir
    Path directory;

    @Test
    void aTaskThatWasCreatedBeforeARedeploymentIsRemindedOfOnceAfterIt() throws Exception {
        DeployedJob job = new DeployedJob(Project.find(MANIFESTS, "FlinkDeployment/millrace-tasks"));
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicProbe topics = new TopicProbe(broker, DeployedTopics.of(MANIFESTS));
                FlinkProcesses flink = job.start(directory, 2, 1)) {
            FlinkRest rest = flink.rest();
            String jar = rest.uploadJar(job.jar());

            String first = rest.runJar(jar, job.run(broker.bootstrapServers(), 1));
            flink.jobs().awaitRunning(first, LIMIT);
            publish(topics, "at-once", Duration.ZERO);
            topics.await("the reminder of a task that is due", () -> reminders(topics, "at-once") == 1);
            publish(topics, "later", Duration.ofSeconds(20));
            topics.await("its view", () -> topics.jsonOf("task-updates").stream()
                    .anyMatch(view -> view.path("task_id").asText().equals("later")));
            // The directory is the one that the manifest says.
            String savepoint = rest.stopWithSavepoint(first, null, LIMIT);
            assertThat(savepoint)
                    .startsWith(directory
                            .resolve("storage/savepoints")
                            .toUri()
                            .toString()
                            .replace("///", "/"));

            // Another setting, and twice the parallelism: what a release changes.
            String second = rest.runJar(
                    jar,
                    job.run(broker.bootstrapServers(), 2, "--late-after", "45 s")
                            .from(savepoint));
            flink.jobs().awaitRunning(second, LIMIT);
            topics.await("the reminder of the task that was created before", () -> reminders(topics, "later") > 0);
            publish(topics, "after", Duration.ZERO);
            topics.await("the reminder of a task that came after", () -> reminders(topics, "after") > 0);

            assertThat(reminders(topics, "at-once")).isEqualTo(1);
            assertThat(reminders(topics, "later")).isEqualTo(1);
            assertThat(rest.restarts(second)).isZero();
            assertThat(topics.read("task-events-dlq")).isEmpty();
        }
    }

    /** One time for both: what was due before it occurred is reminded of no more, by a millisecond too. */
    private static void publish(TopicProbe topics, String task, Duration until) throws Exception {
        Instant now = Instant.now();
        ObjectNode event = Project.JSON
                .createObjectNode()
                .put("schema_version", 1)
                .put("event_id", UUID.randomUUID().toString())
                .put("event_type", "task.created")
                .put("occurred_at", now.toString())
                .put("user_id", "rehearsal")
                .put("task_id", task)
                .put("title", "Rehearse")
                .put("due_at", now.plus(until).toString());
        topics.publish("task-events", "rehearsal", event.toString().getBytes(StandardCharsets.UTF_8))
                .get();
    }

    private static long reminders(TopicProbe topics, String task) {
        return topics.jsonOf("reminders").stream()
                .filter(reminder -> reminder.path("task_id").asText().equals(task))
                .count();
    }
}
