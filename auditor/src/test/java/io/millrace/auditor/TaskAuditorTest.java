package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskAuditorTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final AuditSettings CRASHES = AuditSettings.withCrashes(Duration.ofMinutes(2));

    private final History history = new History();

    /** One task, reminded of and completed. */
    private UUID simple() {
        UUID created = history.created(0, "t-1", HOUR);
        history.update(10, created, "t-1", 1, "open", HOUR);
        history.reminder(HOUR + 12, created, "t-1", 0, HOUR);
        UUID completed = history.append(2 * HOUR, "task.completed", "t-1");
        history.update(2 * HOUR + 10, completed, "t-1", 2, "completed", HOUR);
        return created;
    }

    private void assertOnly(OffenceKind kind) {
        assertOnly(kind, history.audit());
    }

    private static void assertOnly(OffenceKind kind, AuditReport report) {
        assertThat(report.offenceCounts().keySet()).as(report::toString).containsExactly(kind);
        assertThat(report.isClean()).isFalse();
        assertThat(report.offences()).isNotEmpty();
        assertThat(report.toString()).startsWith("NOT CLEAN").contains(kind + ": " + report.count(kind));
    }

    private void assertClean() {
        assertClean(history.audit());
    }

    private static void assertClean(AuditReport report) {
        assertThat(report.isClean()).as(report::toString).isTrue();
    }

    @Test
    void aHistoryAsItShouldBeIsCleanAndMeasured() {
        simple();

        AuditReport report = history.audit();

        assertClean(report);
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.reminders()).isEqualTo(1);
        assertThat(report.lateness()).isEqualTo(new AuditReport.Lateness(new TreeMap<>(Map.of(12L, 1L))));
        assertThat(report.toString()).startsWith("Clean: 2 events").contains("p50 12 ms");
    }

    @Test
    void aReminderThatIsNotThereIsLostOnceItsGraceIsOver() {
        simple();
        history.reminders.clear();

        assertOnly(OffenceKind.LOST);
        history.events.remove(1);
        history.updates.remove(1);
        assertClean(history.audit(AuditSettings.crashFree(), HOUR + 5_000));
        assertOnly(OffenceKind.LOST, history.audit(AuditSettings.crashFree(), HOUR + 11_000));
    }

    @Test
    void anUpdateThatIsNotThereIsLost() {
        simple();
        history.updates.remove(1);

        assertOnly(OffenceKind.LOST);
    }

    @Test
    void aReminderBeforeItsMomentIsEarly() {
        simple();
        history.reminders.get(0).at = HOUR - 1;

        assertOnly(OffenceKind.EARLY);
    }

    @Test
    void aReminderUnderASecondIdIsTwice() {
        simple();
        history.reminder(HOUR + 20, history.nextId(), "t-1", 0, HOUR);

        assertOnly(OffenceKind.TWICE);
        assertOnly(OffenceKind.TWICE, history.audit(CRASHES, 9 * HOUR));
    }

    @Test
    void theSameReminderAgainIsTwiceUnlessTheJobCrashed() {
        UUID created = simple();
        history.reminder(HOUR + 50, created, "t-1", 0, HOUR);

        assertOnly(OffenceKind.TWICE);
        AuditReport report = history.audit(CRASHES, 9 * HOUR);
        assertClean(report);
        assertThat(report.redelivered()).isEqualTo(1);
    }

    @Test
    void aReminderThatTheLogHadCancelledIsWrong() {
        UUID created = history.created(0, "t-1", HOUR);
        history.update(10, created, "t-1", 1, "open", HOUR);
        UUID completed = history.append(HOUR - 2_000, "task.completed", "t-1");
        history.update(HOUR - 1_990, completed, "t-1", 2, "completed", HOUR);
        assertClean();
        history.reminder(HOUR + 1, created, "t-1", 0, HOUR);

        assertOnly(OffenceKind.WRONG);
        // Within the tolerance both is right.
        assertClean(history.audit(AuditSettings.crashFree().within(Duration.ZERO, Duration.ofSeconds(3)), 9 * HOUR));
    }

    @Test
    void whatWasDoneWhileTheJobWasDownNeedsNoReminder() {
        UUID created = history.created(0, "t-1", HOUR);
        history.update(10, created, "t-1", 1, "open", HOUR);
        UUID completed = history.append(HOUR + MINUTE, "task.completed", "t-1");
        history.update(HOUR + MINUTE, completed, "t-1", 2, "completed", HOUR);

        assertOnly(OffenceKind.LOST);
        assertClean(history.audit(CRASHES, 9 * HOUR));
    }

    @Test
    void aReminderWithAWrongIdDueDateOrSeriesIsWrong() {
        simple();
        ObjectNode right = history.reminders.get(0).json();
        history.reminders
                .get(0)
                .json(right.deepCopy().put("event_id", history.nextId().toString()));
        assertOnly(OffenceKind.WRONG);

        history.reminders.get(0).json(right.deepCopy().put("due_at", History.time(HOUR + 1)));
        assertOnly(OffenceKind.WRONG);

        history.reminders.get(0).json(right.deepCopy().put("series_id", "t-9"));
        assertOnly(OffenceKind.WRONG);

        history.reminders.get(0).json(right.deepCopy().put("remind_at", History.time(HOUR - 1)));
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void aReminderOrUpdateThatNobodyAskedForIsWrong() {
        simple();
        history.reminder(HOUR, history.nextId(), "t-2", 0, HOUR);
        assertOnly(OffenceKind.WRONG);

        history.reminders.remove(1);
        history.update(3 * HOUR, history.nextId(), "t-1", 3, "completed", HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void anUpdateThatSaysWhatIsNotSoIsWrong() {
        simple();
        ObjectNode right = history.updates.get(1).json();
        history.updates.get(1).json(right.deepCopy().put("status", "open"));
        assertOnly(OffenceKind.WRONG);

        history.updates.get(1).json(right.deepCopy().put("due_at", History.time(0)));
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void whatCannotBeReadOnTheJobsTopicsIsWrong() {
        simple();
        for (String value : new String[] {"", "[]", "{\"user_id\":5}", "{\"user_id\":\"u\",\"version\":\"one\"}"}) {
            History.Entry entry = new History.Entry(3 * HOUR, value.getBytes(StandardCharsets.UTF_8));
            history.updates.add(entry);
            history.reminders.add(entry.copy());
        }

        assertOnly(OffenceKind.WRONG);
        assertThat(history.audit().count(OffenceKind.WRONG)).isEqualTo(8);
    }

    @Test
    void versionsThatJumpOrGoBackAreOutOfOrder() {
        simple();
        Collections.reverse(history.updates);

        assertThat(history.audit().count(OffenceKind.ORDER)).isEqualTo(1);
        // A gap cannot come from a crash.
        assertThat(history.audit(CRASHES, 9 * HOUR).count(OffenceKind.ORDER)).isEqualTo(1);
    }

    @Test
    void afterACrashUpdatesMayComeAgainFromAnEarlierVersion() {
        simple();
        history.updates.add(history.updates.get(0).copy());
        history.updates.add(history.updates.get(1).copy());

        assertOnly(OffenceKind.ORDER);
        AuditReport report = history.audit(CRASHES, 9 * HOUR);
        assertClean(report);
        assertThat(report.redelivered()).isEqualTo(2);
    }

    @Test
    void aBadRecordIsADeadLetterOnceWithItsBytes() {
        history.bytes(0, "{not json".getBytes(StandardCharsets.UTF_8));
        assertOnly(OffenceKind.DLQ);

        History.Entry letter = history.deadLetter(5, 0, "not_json");
        assertClean();

        letter.value = "{not json ".getBytes(StandardCharsets.UTF_8);
        assertOnly(OffenceKind.DLQ);

        letter.value = history.events.get(0).value;
        history.deadLetter(7, 0, "not_json");
        assertOnly(OffenceKind.DLQ);
        assertClean(history.audit(CRASHES, HOUR));
    }

    @Test
    void aDeadLetterOfAGoodRecordOrOfNoneIsAnOffence() {
        simple();
        History.Entry letter = history.deadLetter(5, 0, "invalid_value");
        assertOnly(OffenceKind.DLQ);

        History.header(letter, WireHeaders.SOURCE_OFFSET, "77");
        assertOnly(OffenceKind.DLQ);

        History.header(letter, WireHeaders.SOURCE_OFFSET, "none");
        assertOnly(OffenceKind.DLQ);
    }

    @Test
    void slicesTogetherSeeWhatTheWholeSees() {
        simple();
        history.bytes(0, "{not json".getBytes(StandardCharsets.UTF_8));
        history.deadLetter(5, 2, "not_json");
        history.bytes(1, "[1]".getBytes(StandardCharsets.UTF_8));
        history.reminders.clear();
        AuditReport whole = history.audit();

        long events = 0;
        long offences = 0;
        for (int slice = 0; slice < 3; slice++) {
            AuditReport part = history.audit(AuditSettings.crashFree().slice(slice, 3), 9 * HOUR);
            events += part.events();
            offences += part.offences().size();
        }

        assertThat(events).isEqualTo(whole.events()).isEqualTo(4);
        assertThat(offences).isEqualTo(whole.offences().size()).isEqualTo(2);
    }
}
