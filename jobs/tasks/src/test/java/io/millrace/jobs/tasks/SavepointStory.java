package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.testing.flink.JobCluster;
import io.millrace.testing.jobs.JobBed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;

/**
 * Everything a tasks job can remember, put into a savepoint, and what a job restored from it must do. The restored job
 * may be of another build, on another broker, years later: so all retention is very long, and all dates are past by
 * then.
 */
final class SavepointStory {
    /** The names of the topics are part of the savepoint, with the offsets read so far. */
    static final String TOPIC_PREFIX = "saved-";

    private static final String USER = "u-7";
    private static final String LONG = "36500 d";
    private static final int SECONDS_UNTIL_DUE = 14;

    /** More than the story has events. */
    private static final int FILLED = 50;

    private static final EventJson KNOWN = created("t-known")
            .with("event_id", "5f9b2c1e-3d64-4a8b-9e0f-6a7c1d2b3e4f")
            .with("occurred_at", "2026-11-21T09:00:00Z");

    private final TaskTopics topics;

    SavepointStory(TaskTopics topics) {
        this.topics = topics;
    }

    List<String> arguments() {
        return topics.arguments(
                "--reminder-catch-up", LONG,
                "--dedup-window", LONG,
                "--closed-retention", LONG,
                "--unknown-task-wait", LONG);
    }

    private static EventJson created(String task) {
        return EventJson.created(USER, task);
    }

    /** Lets a job see the story; answers where its savepoint is. */
    String tell(JobCluster cluster) throws Exception {
        JobID job = cluster.run(2, JobBed.definition(TasksJob.JOB, arguments()));
        Instant due = Instant.now().plusSeconds(SECONDS_UNTIL_DUE).truncatedTo(ChronoUnit.SECONDS);
        topics.publish(KNOWN);
        topics.publish(created("t-pending").due(due).with("correlation_id", "c-1"));
        topics.publish(created("t-completed").due(due));
        topics.publish(EventJson.completed(USER, "t-completed"));
        topics.publish(created("t-snoozed").due(due.plus(1, ChronoUnit.DAYS)));
        topics.publish(EventJson.event("reminder.snoozed", USER, "t-snoozed").with("snooze_until", due.toString()));
        topics.publish(created("t-on-completion")
                .due(due)
                .with("time_zone", "Europe/Paris")
                .with("recurrence", Map.of("rule", "FREQ=MONTHLY;BYMONTHDAY=1")));
        topics.publish(created("t-on-schedule")
                .due(due.minusSeconds(60))
                .with("time_zone", "UTC")
                .with("recurrence", Map.of("rule", "FREQ=MINUTELY;COUNT=2", "next", "on_schedule")));
        topics.publish(EventJson.event("task.updated", USER, "t-waited").with("priority", "P3"));
        topics.await("all views", () -> topics.read(topics.updates()).size() == 8);
        cluster.awaitCheckpoint(job);
        String savepoint = cluster.stop(job);
        assertThat(Instant.now()).as("stopped before anything was due").isBefore(due);
        return savepoint;
    }

    /** Makes new topics look like those of the savepoint: its offsets must be there. */
    void fillTopics() {
        for (int partition = 0; partition < TaskTopics.PARTITIONS; partition++) {
            for (int i = 0; i < FILLED; i++) {
                topics.publishTo(partition, null);
            }
        }
        topics.flush();
    }

    /** Resumes from the savepoint and checks that nothing was forgotten. */
    void resume(JobCluster cluster, String savepoint) throws Exception {
        JobID job = cluster.resume(2, JobBed.definition(TasksJob.JOB, arguments()), savepoint);
        topics.publish(KNOWN);
        topics.publish(EventJson.event("task.updated", USER, "t-known").with("priority", "P1"));
        topics.publish(EventJson.completed(USER, "t-on-completion"));
        topics.publish(created("t-waited"));

        topics.await(
                "reminders, occurrences and views",
                () -> sent("t-pending").size() == 1
                        && snoozed("t-snoozed") == 1
                        && announced("t-on-completion") == 1
                        && announced("t-on-schedule") == 1
                        && last("t-waited").path("version").asInt() == 2
                        && last("t-known").path("version").asInt() == 2);

        assertThat(sent("t-completed")).isEmpty();
        assertThat(sent("t-pending").get(0).path("correlation_id").asText()).isEqualTo("c-1");
        // A savepoint that is kept for more than a day is resumed after the task's own due date as well, which is
        // another reminder.
        assertThat(snoozed("t-snoozed")).isEqualTo(1);
        assertThat(sent("t-snoozed"))
                .hasSizeLessThanOrEqualTo(2)
                .extracting(reminder -> reminder.path("remind_at").asText())
                .doesNotHaveDuplicates();
        assertThat(last("t-waited").path("priority").asText()).isEqualTo("P3");
        assertThat(last("t-known").path("cause").path("event_type").asText()).isEqualTo("task.updated");
        assertThat(cluster.restarts(job)).isZero();
        cluster.cancel(job);
    }

    private List<JsonNode> sent(String task) {
        return topics.about(topics.reminders(), task);
    }

    private long snoozed(String task) {
        return sent(task).stream()
                .filter(reminder -> reminder.path("snoozed").asBoolean())
                .count();
    }

    private long announced(String root) {
        return topics.read(topics.events()).stream()
                .filter(event -> event.value() != null)
                .filter(event -> TaskTopics.json(event).path("task_id").asText().startsWith(root + "~"))
                .count();
    }

    /** The newest view of a task; a missing node when there is none. */
    private JsonNode last(String task) {
        List<JsonNode> views = topics.about(topics.updates(), task);
        return views.isEmpty() ? MissingNode.getInstance() : views.get(views.size() - 1);
    }
}
