package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Priority;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskSummary;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writers write is what the schemas promise to readers. */
class WrittenEventsTest {

    private static final UUID UPDATE = UUID.fromString("c7f3e2b1-5a48-4d6c-b0e9-1f2a3c4d5e6f");
    private static final long LATE_AFTER = 60_000;

    @Test
    void aReminderIsWrittenAsItsExample() {
        byte[] written = ReminderWriter.write(
                new Reminder(
                        Uuid5.of(UPDATE, "60"),
                        "acme",
                        "u-7",
                        "t-42",
                        "t-42",
                        "Pay the rent",
                        millis("2026-12-02T08:00:00Z"),
                        millis("2026-12-02T07:00:00Z"),
                        60,
                        false,
                        -1,
                        "c-2",
                        null),
                millis("2026-12-02T07:00:00.012Z"),
                LATE_AFTER);

        assertThat(valid("reminder.due.v1.json", written)).isEqualTo(Contract.example("reminder.due.v1.json"));
    }

    @Test
    void aSnoozedReminderOfATaskWithoutADueDateSatisfiesTheSchema() {
        byte[] written = ReminderWriter.write(
                new Reminder(
                        Uuid5.of(UPDATE, "snooze"),
                        "default",
                        "u-7",
                        "t-43",
                        null,
                        "x".repeat(500),
                        null,
                        millis("2026-12-02T07:00:00Z"),
                        0,
                        true,
                        -1,
                        null,
                        null),
                millis("2026-12-04T07:00:00Z"),
                LATE_AFTER);

        JsonNode reminder = valid("reminder.due.v1.json", written);
        assertThat(reminder.path("late").booleanValue()).isTrue();
        assertThat(reminder.has("due_at")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-525_600, -1, 0, 525_601, 5_000_000})
    void aReminderSnoozedToAnyMomentSatisfiesTheSchema(int minutesBefore) {
        long due = millis("2040-12-02T07:00:00Z");
        long remindAt = due - minutesBefore * 60_000L;
        byte[] written = ReminderWriter.write(
                new Reminder(
                        Uuid5.of(UPDATE, "snooze"),
                        "default",
                        "u-7",
                        "t-43",
                        null,
                        "Pay",
                        due,
                        remindAt,
                        minutesBefore,
                        true,
                        -1,
                        null,
                        null),
                remindAt,
                LATE_AFTER);

        valid("reminder.due.v1.json", written);
    }

    @Test
    void aDigestIsWrittenAsItsExample() {
        Instant at = Instant.parse("2026-12-02T07:00:00Z");
        UUID id = UUID.fromString(
                Contract.example("digest.made.v1.json").path("event_id").asText());
        byte[] written = new Digest(
                        new Envelope(id, "digest.made", at, "acme", null, null),
                        "u-7",
                        at,
                        null,
                        null,
                        "Europe/Paris",
                        2,
                        0,
                        1,
                        4,
                        true,
                        List.of(
                                new Digest.Task(
                                        "t-42", "Pay the rent", Priority.P1, Instant.parse("2026-12-02T08:00:00Z")),
                                new Digest.Task("t-43", "Call the plumber", null, null)))
                .sent(at.plusMillis(12))
                .toJson();

        assertThat(valid("digest.made.v1.json", written)).isEqualTo(Contract.example("digest.made.v1.json"));
    }

    @Test
    void theSummaryOfAViewIsReadAsItWasWritten() throws Exception {
        byte[] view = Contract.JSON.writeValueAsBytes(Contract.example("task.changed.v1.json"));

        assertThat(TaskSummary.read(new SourceRecord("task-updates", 0, 0, 0, null, view, List.of())))
                .usingRecursiveComparison()
                .ignoringFields("envelope")
                .isEqualTo(new TaskSummary(
                        null,
                        "u-7",
                        "t-42",
                        2,
                        TaskStatus.OPEN,
                        "Pay the rent",
                        Priority.P1,
                        Instant.parse("2026-12-02T08:00:00Z"),
                        "Europe/Paris",
                        Instant.parse("2026-11-20T08:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version | 0 | version: must be between 1 and 9223372036854775807",
                "status | \"done\" | status: must be one of open, completed, skipped, deleted",
                "priority | \"P5\" | priority: must be one of P1, P2, P3, P4",
                "time_zone | \"Mars\" | time_zone: there is no time zone 'Mars'",
                "due_at | \"2026-12-02\" | due_at: ",
                "title | null | title: missing",
                "user_id | 7 | user_id: expected a string",
                "event_type | \"task.created\" | event_type: \"task.created\" is not known"
            })
    void aFieldOfAViewThatIsWrongIsNamed(String field, String value, String message) throws Exception {
        ObjectNode view = (ObjectNode) Contract.example("task.changed.v1.json");
        view.set(field, Contract.parse(value));
        SourceRecord record =
                new SourceRecord("task-updates", 0, 0, 0, null, Contract.JSON.writeValueAsBytes(view), List.of());

        assertThatThrownBy(() -> TaskSummary.read(record))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aViewIsWrittenAsItsExample() {
        byte[] written = TaskViewWriter.write(new TaskView(
                Uuid5.of(UPDATE, "t-42"),
                millis("2026-11-24T17:30:00Z"),
                "acme",
                "u-7",
                "t-42",
                "t-42",
                "20261201T090000",
                2,
                TaskStatus.OPEN,
                UPDATE,
                "task.updated",
                new TaskFields(
                        0xFF,
                        "Pay the rent",
                        null,
                        Priority.P1,
                        List.of("home", "money"),
                        DueDate.local(LocalDateTime.parse("2026-12-02T09:00:00")),
                        ZoneId.of("Europe/Paris"),
                        List.of(1440, 60),
                        monthly()),
                millis("2026-12-02T08:00:00Z"),
                millis("2026-12-01T08:00:00Z"),
                millis("2026-11-20T08:00:00Z"),
                millis("2026-11-24T17:30:00Z"),
                "c-2",
                null));

        assertThat(valid("task.changed.v1.json", written)).isEqualTo(Contract.example("task.changed.v1.json"));
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void aViewOfATaskWithATitleAloneSatisfiesTheSchema(TaskStatus status) {
        byte[] written = TaskViewWriter.write(new TaskView(
                Uuid5.of(UPDATE, "t-43"),
                0,
                "default",
                "u-7",
                "t-43",
                null,
                null,
                1,
                status,
                UPDATE,
                "task.created",
                new TaskFields(TaskFields.TITLE, "Pay", null, null, null, null, null, null, null),
                null,
                null,
                0,
                0,
                null,
                null));

        assertThat(valid("task.changed.v1.json", written).path("status").asText())
                .isEqualTo(status.wireName());
    }

    @Test
    void anAnnouncedOccurrenceIsWrittenAsItsExample() throws Exception {
        JsonNode example = Contract.example("task.created.occurrence.v1.json");
        TaskEvent occurrence =
                TaskEventReader.read(Mutation.record(example.toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(valid("task.created.v1.json", TaskEventWriter.write(occurrence)))
                .isEqualTo(example);
    }

    @ParameterizedTest
    @EnumSource(Recurrence.Kind.class)
    void aCreationWithEachKindOfRecurrenceSatisfiesTheSchema(Recurrence.Kind kind) {
        TaskEvent created = new TaskEvent(
                UPDATE,
                TaskEventType.CREATED,
                Instant.parse("2026-11-20T08:00:00.001Z"),
                TaskEvent.DEFAULT_TENANT,
                "u-7",
                "t-42",
                null,
                null,
                new TaskFields(
                        TaskFields.TITLE | TaskFields.DUE | TaskFields.ZONE | TaskFields.RECURRENCE,
                        "Pay",
                        null,
                        null,
                        null,
                        DueDate.at(Instant.parse("2026-12-01T08:00:00Z")),
                        ZoneId.of("Europe/Paris"),
                        null,
                        Recurrence.of(kind, "daily")),
                null);

        valid("task.created.v1.json", TaskEventWriter.write(created));
    }

    private static Recurrence monthly() {
        return new Recurrence(
                Recurrence.Kind.RULE,
                "FREQ=MONTHLY;BYMONTHDAY=1",
                LocalDateTime.parse("2026-12-01T09:00:00"),
                List.of(LocalDateTime.parse("2027-08-01T09:00:00")),
                List.of(LocalDateTime.parse("2027-08-16T09:00:00")),
                Recurrence.Next.ON_COMPLETION,
                Recurrence.Overlap.ALLOW,
                Duration.ofDays(2),
                Recurrence.DstGap.SHIFT,
                Recurrence.DstOverlap.FIRST);
    }

    private static JsonNode valid(String schema, byte[] written) {
        JsonNode document = Contract.parse(new String(written, StandardCharsets.UTF_8));
        assertThat(Contract.errors(schema, document)).isEmpty();
        assertThat(Contract.errorsAssertingFormats(schema, document)).isEmpty();
        return document;
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
