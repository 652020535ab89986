package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.operators.task.TasksHarness.Backend;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Backend.class)
class TasksOperatorTest {
    private static final long MINUTE = 60_000;
    private static final long DUE = NOW + 10 * MINUTE;

    private final TaskLog log = new TaskLog();
    private final Backend backend;

    TasksOperatorTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void aCreatedTaskIsPublished() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW - 5, DUE));

            JsonNode update = tasks.updates().get(0);
            assertThat(update.get("task_id").asText()).isEqualTo("t-1");
            assertThat(update.get("version").asLong()).isEqualTo(1);
            assertThat(update.get("status").asText()).isEqualTo("open");
            assertThat(tasks.metrics.count(TaskMetrics.ACCEPTED)).isEqualTo(1);
            assertThat(tasks.metrics
                            .histogram(TaskMetrics.EVENT_TO_UPDATE_MS)
                            .getStatistics()
                            .getMax())
                    .isEqualTo(5);
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isEqualTo(1);
            assertThat(tasks.reminders()).isEmpty();
        }
    }

    @Test
    void aTickOneMillisecondEarlyReleasesNothing() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));

            tasks.wallClock(DUE - 1);

            assertThat(tasks.reminders()).isEmpty();
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isEqualTo(1);
        }
    }

    @Test
    void aTickAtTheMomentReleasesTheReminder() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));

            tasks.wallClock(DUE);

            JsonNode reminder = tasks.reminders().get(0);
            assertThat(Instant.parse(reminder.get("remind_at").asText()).toEpochMilli())
                    .isEqualTo(DUE);
            assertThat(Instant.parse(reminder.get("sent_at").asText()).toEpochMilli())
                    .isEqualTo(DUE);
            assertThat(reminder.get("late").asBoolean()).isFalse();
            assertThat(tasks.metrics.count(TaskMetrics.REMINDERS)).isEqualTo(1);
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isZero();
            assertThat(tasks.timers()).isZero();
        }
    }

    @Test
    void aReminderIsSentOnce() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.wallClock(DUE);
            assertThat(tasks.reminders()).hasSize(1);

            tasks.wallClock(DUE + MINUTE);
            tasks.process(log.renamed("t-1", DUE + MINUTE, "Pay"));

            assertThat(tasks.reminders()).isEmpty();
        }
    }

    @Test
    void anEventBehindTheMomentInTheLogFindsItsReminderSent() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));
            tasks.wallClock(DUE - 1);

            tasks.process(log.completed("t-1", DUE));

            assertThat(tasks.reminders()).hasSize(1);
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isZero();
        }
    }

    @Test
    void aCompletedTaskSendsNoReminder() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE), log.completed("t-1", NOW + 1));

            tasks.wallClock(DUE);

            assertThat(tasks.reminders()).isEmpty();
            assertThat(tasks.metrics.gauge(TaskMetrics.PENDING_REMINDERS)).isZero();
        }
    }

    @Test
    void aMovedDueDateLeavesOneTimer() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE));

            for (int i = 1; i <= 5; i++) {
                tasks.process(log.moved("t-1", NOW + i, DUE + i * MINUTE));
            }

            assertThat(tasks.timers()).isEqualTo(1);
            tasks.wallClock(DUE + 4 * MINUTE);
            assertThat(tasks.reminders()).isEmpty();
            tasks.wallClock(DUE + 5 * MINUTE);
            assertThat(tasks.reminders()).hasSize(1);
        }
    }

    @Test
    void aReminderOlderThanTheCatchUpBoundIsNotSent() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("at-bound", NOW, DUE), log.created("beyond", NOW, DUE - 1));

            tasks.wallClock(DUE + TasksHarness.CATCH_UP.toMillis());

            assertThat(tasks.reminders())
                    .extracting(r -> r.get("task_id").asText())
                    .containsExactly("at-bound");
            assertThat(tasks.metrics.count(TaskMetrics.REMINDERS_TOO_LATE)).isEqualTo(1);
        }
    }

    @Test
    void aReminderIsMarkedLateBeyondTheBound() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("at-bound", NOW, DUE), log.created("beyond", NOW, DUE - 1));

            tasks.wallClock(DUE + TasksHarness.LATE_AFTER.toMillis());

            Map<String, Boolean> late = tasks.reminders().stream()
                    .collect(Collectors.toMap(
                            r -> r.get("task_id").asText(), r -> r.get("late").asBoolean()));
            assertThat(late).containsEntry("at-bound", false).containsEntry("beyond", true);
        }
    }

    @Test
    void aRefusedEventBecomesADeadLetterWithItsBytes() throws Exception {
        IncomingTask again = log.created("t-1", NOW + 1, DUE);
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE), again);

            OutboundRecord dead = tasks.take(Rejections.DEAD_LETTERS).get(0);
            assertThat(dead.value()).isEqualTo(again.source().value());
            assertThat(dead.key()).isEqualTo(again.source().key());
            assertThat(headers(dead))
                    .containsEntry("error_code", "task_exists")
                    .containsEntry("source_topic", "task-events")
                    .containsEntry("source_offset", Long.toString(again.source().offset()));
            assertThat(tasks.metrics.deadLetters("task_exists")).isEqualTo(1);
        }
    }

    @Test
    void anEventOfAnUnknownTaskWaitsAndThenIsADeadLetter() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.completed("t-9", NOW));
            assertThat(tasks.metrics.count(TaskMetrics.WAITING)).isEqualTo(1);

            tasks.wallClock(NOW + Duration.ofMinutes(5).toMillis());

            assertThat(tasks.take(Rejections.DEAD_LETTERS)).hasSize(1);
            assertThat(tasks.metrics.deadLetters("unknown_task")).isEqualTo(1);
            assertThat(tasks.remembers("series")).isFalse();
            assertThat(tasks.timers()).isZero();
        }
    }

    @Test
    void theNextOccurrenceIsAnnouncedWithItsTrace() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.event(
                    "t-1",
                    NOW,
                    "task.created",
                    """
                    "title":"Stretch","due_at":"%s","time_zone":"UTC","correlation_id":"c-1","recurrence":{"every":"daily"}
                    """
                            .formatted(TaskLog.at(DUE).replace("Z", ""))));

            tasks.process(log.event("t-1", NOW + 1, "task.completed", "\"correlation_id\":\"c-2\""));

            OutboundRecord announced = tasks.take(TaskOutputs.ANNOUNCEMENTS).get(0);
            assertThat(TasksHarness.json(announced).get("task_id").asText()).startsWith("t-1~");
            assertThat(announced.key()).isEqualTo(TaskLog.USER.getBytes(StandardCharsets.UTF_8));
            assertThat(headers(announced)).containsEntry("correlation_id", "c-2");
            assertThat(tasks.metrics.count(TaskMetrics.OCCURRENCES_MADE)).isEqualTo(1);
        }
    }

    @Test
    void outcomesAreCountedByName() throws Exception {
        IncomingTask created = log.created("t-1", NOW, DUE);
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(created, created, log.completed("t-1", NOW + 1), log.completed("t-1", NOW + 2));

            assertThat(tasks.metrics.count(TaskMetrics.ACCEPTED)).isEqualTo(2);
            assertThat(tasks.metrics.count(TaskMetrics.DUPLICATES)).isEqualTo(1);
            assertThat(tasks.metrics.count(TaskMetrics.NO_EFFECT)).isEqualTo(1);
            assertThat(tasks.metrics.count(TaskMetrics.RECOGNISED)).isZero();
        }
    }

    @Test
    void aClosedTaskIsForgottenAfterItsRetention() throws Exception {
        try (TasksHarness tasks = TasksHarness.caughtUp(backend)) {
            tasks.process(log.created("t-1", NOW, DUE), log.completed("t-1", NOW + 1));
            assertThat(tasks.remembers("series")).isTrue();

            tasks.wallClock(NOW + 2 + Duration.ofHours(24).toMillis());

            assertThat(tasks.remembers("series")).isFalse();
            assertThat(tasks.timers()).isZero();
        }
    }

    private static Map<String, String> headers(OutboundRecord record) {
        List<RecordHeader> headers = record.headers();
        return headers.stream()
                .collect(Collectors.toMap(
                        RecordHeader::key, header -> new String(header.value(), StandardCharsets.UTF_8)));
    }
}
