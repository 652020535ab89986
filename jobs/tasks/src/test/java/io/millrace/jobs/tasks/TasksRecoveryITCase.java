package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.AuditFeed;
import io.millrace.auditor.AuditReport;
import io.millrace.auditor.AuditSettings;
import io.millrace.testing.Await;
import io.millrace.testing.jobs.JobBed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds when TaskManagers die, when the job was down for a while, and when it is given more parallelism. */
@Timeout(180)
class TasksRecoveryITCase {
    private static final long SEED = 20261121;
    private static final int EVENTS = 3_000;
    private static final Duration UNKNOWN_TASK_WAIT = Duration.ofSeconds(3);

    /** When a load has long ended: by then all of it must be there. */
    private static final Duration IN_THE_END = Duration.ofHours(1);

    private static final Duration READING_LIMIT = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static JobBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = JobBed.start(TasksJob.JOB, directory, 2, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @Test
    void nothingIsLostEarlyOrWrongWhenTaskManagersDie() throws Exception {
        try (TaskTopics topics = TaskTopics.make(bed.broker(), "killed-")) {
            JobID job = bed.run(2, topics.arguments("--unknown-task-wait", "3 s"));
            SeededLoad load = new SeededLoad(SEED, 12);
            topics.publish(EventJson.created("u-first", "t-first"));
            topics.await("the first view", () -> !topics.read(topics.updates()).isEmpty());

            publish(topics, load, EVENTS / 3);
            topics.await("some views", () -> topics.read(topics.updates()).size() > EVENTS / 10);
            bed.cluster().awaitCheckpoint(job);
            publish(topics, load, EVENTS / 3);
            bed.cluster().replaceTaskManagers();
            publish(topics, load, EVENTS / 3);
            bed.cluster().awaitRunning(job);
            bed.cluster().awaitCheckpoint(job);
            bed.cluster().replaceTaskManagers();

            try (AuditFeed feed = new AuditFeed(bed.broker().bootstrapServers(), auditSettings(topics))) {
                AuditReport[] report = new AuditReport[1];
                Await.until("a clean audit", () -> "seed " + SEED + "\n" + report[0], () -> {
                    report[0] = feed.audit(READING_LIMIT, Instant.now().plus(IN_THE_END));
                    return report[0].isClean();
                });
                assertThat(report[0].reminders()).isGreaterThan(100);
                assertThat(report[0].deadLetters()).isGreaterThan(50);
                assertThat(report[0].duplicates()).isGreaterThan(50);
            }
            assertThat(bed.cluster().restarts(job)).isGreaterThanOrEqualTo(2);
            bed.cluster().cancel(job);
        }
    }

    @Test
    void aTaskCompletedWhileTheJobWasDownSendsNoReminderAndTheOthersComeOnceMarkedLate() throws Exception {
        try (TaskTopics topics = TaskTopics.make(bed.broker(), "down-")) {
            List<String> arguments = topics.arguments("--late-after", "1 s");
            JobID job = bed.run(2, arguments);
            Instant missed = Instant.now().plusSeconds(15);
            Instant ahead = missed.plusSeconds(6);
            for (int i = 0; i < 40; i++) {
                topics.publish(EventJson.created("u-" + i, "t-missed-" + i).due(missed));
                topics.publish(EventJson.created("u-" + i, "t-completed-" + i).due(missed));
                topics.publish(EventJson.created("u-" + i, "t-ahead-" + i).due(ahead));
            }
            topics.await("all views", () -> topics.read(topics.updates()).size() == 120);

            String savepoint = bed.cluster().stop(job);
            assertThat(Instant.now()).as("stopped before a reminder was due").isBefore(missed);
            for (int i = 0; i < 40; i++) {
                topics.publish(EventJson.completed("u-" + i, "t-completed-" + i));
            }
            topics.flush();
            Await.until("the reminders are late", () -> "due at " + missed, () -> Instant.now()
                    .isAfter(missed.plusSeconds(1)));
            JobID resumed = bed.resume(2, arguments, savepoint);

            topics.await("80 reminders", () -> topics.read(topics.reminders()).size() >= 80);
            Map<String, JsonNode> sent = oncePerTask(topics);
            for (int i = 0; i < 40; i++) {
                assertThat(sent).doesNotContainKey("t-completed-" + i);
                assertThat(sent.get("t-missed-" + i).path("late").asBoolean()).isTrue();
                JsonNode later = sent.get("t-ahead-" + i);
                assertThat(later.path("late").asBoolean())
                        .isEqualTo(later.path("late_by_ms").asLong() > 1_000);
            }
            assertThat(topics.read(topics.updates())).hasSize(160);
            bed.cluster().cancel(resumed);
        }
    }

    @Test
    void withMoreParallelismEveryReminderStillComesOnceAndEventIdsAreStillKnown() throws Exception {
        try (TaskTopics topics = TaskTopics.make(bed.broker(), "rescaled-")) {
            JobID job = bed.run(2, topics.arguments());
            Instant due = Instant.now().plusSeconds(9);
            List<EventJson> created = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                created.add(EventJson.created("u-" + i % 50, "t-" + i).due(due.plusMillis(i)));
            }
            created.forEach(topics::publish);
            topics.await("all views", () -> topics.read(topics.updates()).size() == 300);

            String savepoint = bed.cluster().stop(job);
            bed.cluster().addTaskManager();
            JobID rescaled = bed.resume(3, topics.arguments(), savepoint);
            created.forEach(topics::publish);
            // What is due before it is created has no reminder.
            topics.publish(EventJson.created("u-0", "t-last").due(Instant.now().plusSeconds(8)));

            topics.await("301 reminders", () -> topics.read(topics.reminders()).size() >= 301);
            assertThat(oncePerTask(topics)).hasSize(301).containsKey("t-last");
            assertThat(topics.read(topics.updates())).hasSize(301);
            assertThat(topics.read(topics.deadLetters())).isEmpty();
            bed.cluster().cancel(rescaled);
        }
    }

    private static void publish(TaskTopics topics, SeededLoad load, int count) {
        for (int i = 0; i < count; i++) {
            SeededLoad.Message message = load.next();
            topics.publish(message.key(), message.value());
        }
        topics.flush();
    }

    /**
     * The job reads on while the load is still written, on a machine that has better things to do: a cancellation may
     * be read seconds after it was logged.
     */
    private static AuditSettings auditSettings(TaskTopics topics) {
        AuditSettings.JobTimes defaults = AuditSettings.JobTimes.DEFAULT;
        return AuditSettings.withCrashes(Duration.ofSeconds(30))
                .within(Duration.ofSeconds(10), Duration.ofSeconds(2))
                .of(
                        new AuditSettings.JobTimes(
                                UNKNOWN_TASK_WAIT,
                                defaults.dedupWindow(),
                                defaults.closedRetention(),
                                defaults.catchUp()),
                        new AuditSettings.TopicNames(
                                topics.events(), topics.reminders(), topics.updates(), topics.deadLetters()));
    }

    /** The reminders by task; each task must have one, not before its moment. */
    private static Map<String, JsonNode> oncePerTask(TaskTopics topics) {
        Map<String, JsonNode> sent = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> reminder : topics.read(topics.reminders())) {
            JsonNode json = TaskTopics.json(reminder);
            assertThat(sent.put(json.path("task_id").asText(), json))
                    .as("an earlier reminder")
                    .isNull();
            Instant moment = Instant.parse(json.path("remind_at").asText());
            assertThat(reminder.timestamp()).isGreaterThanOrEqualTo(moment.toEpochMilli());
        }
        return sent;
    }
}
