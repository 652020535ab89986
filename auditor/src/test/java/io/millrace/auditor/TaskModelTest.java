package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.Uuid5;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/tasks.md as the auditor knows them: a history that keeps them is clean, one that does not is not.
 */
class TaskModelTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final History history = new History();

    private void assertClean() {
        AuditReport report = history.audit();
        assertThat(report.isClean()).as(report::toString).isTrue();
    }

    private void assertOnly(OffenceKind kind) {
        AuditReport report = history.audit();
        assertThat(report.offenceCounts().keySet()).as(report::toString).containsExactly(kind);
    }

    private UUID open(String task, long due) {
        UUID created = history.created(0, task, due);
        history.update(10, created, task, 1, "open", due);
        return created;
    }

    @Test
    void aDuplicateIdIsDropped() {
        UUID created = open("t-1", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        ObjectNode again = history.events.get(0).json();
        history.append(MINUTE, again);

        assertClean();
        assertThat(history.audit().duplicates()).isEqualTo(1);
    }

    @Test
    void aMovedTaskIsRemindedOfAtItsNewMomentOnly() {
        UUID created = open("t-1", HOUR);
        UUID moved = history.append(MINUTE, history.event("task.updated", "t-1").put("due_at", History.time(3 * HOUR)));
        history.update(MINUTE, moved, "t-1", 2, "open", 3 * HOUR);
        assertOnly(OffenceKind.LOST);

        history.reminder(3 * HOUR, moved, "t-1", 0, 3 * HOUR);
        assertClean();

        history.reminder(HOUR, created, "t-1", 0, HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void changedMinutesKeepTheMomentsThatStay() {
        UUID created = history.append(
                0,
                history.event("task.created", "t-1")
                        .put("title", "Pay")
                        .put("due_at", History.time(5 * HOUR))
                        .put("remind_before_minutes", 60));
        history.update(1, created, "t-1", 1, "open", 5 * HOUR);
        ObjectNode change = history.event("task.updated", "t-1");
        change.putArray("remind_before_minutes").add(60).add(0);
        UUID changed = history.append(MINUTE, change);
        history.update(MINUTE, changed, "t-1", 2, "open", 5 * HOUR);
        history.reminder(4 * HOUR, created, "t-1", 60, 5 * HOUR);
        assertOnly(OffenceKind.LOST);

        history.reminder(5 * HOUR, created, "t-1", 0, 5 * HOUR);
        assertClean();
    }

    @Test
    void aTaskMovedToAMomentThatCameNeedNotRemindOfItAgain() {
        ObjectNode creation = history.event("task.created", "t-1")
                .put("occurred_at", History.time(0))
                .put("title", "Pay")
                .put("due_at", History.time(HOUR + MINUTE));
        creation.putArray("remind_before_minutes").add(60).add(0);
        UUID created = history.append(2 * MINUTE, creation);
        history.update(2 * MINUTE, created, "t-1", 1, "open", HOUR + MINUTE);
        history.reminder(2 * MINUTE, created, "t-1", 60, HOUR + MINUTE);
        UUID moved = history.append(
                2 * MINUTE,
                history.event("task.updated", "t-1")
                        .put("occurred_at", History.time(1))
                        .put("due_at", History.time(MINUTE)));
        history.update(2 * MINUTE, moved, "t-1", 2, "open", MINUTE);

        assertClean();
    }

    @Test
    void aTitleAloneArmsNothing() {
        UUID created = open("t-1", HOUR);
        UUID renamed =
                history.append(MINUTE, history.event("task.updated", "t-1").put("title", "Pay it"));
        history.update(MINUTE, renamed, "t-1", 2, "open", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);

        assertClean();
    }

    @Test
    void aLocalDueDateIsAtTheZonesTime() {
        UUID created = history.append(
                0,
                history.event("task.created", "t-1")
                        .put("title", "Pay")
                        .put("due_at", "2026-12-01T10:00:00")
                        .put("time_zone", "Europe/Paris"));
        history.update(1, created, "t-1", 1, "open", HOUR);
        history.reminder(HOUR + 1, created, "t-1", 0, HOUR);
        assertClean();

        history.reminders.clear();
        UUID zoned = history.append(MINUTE, history.event("task.updated", "t-1").put("time_zone", "UTC"));
        history.update(MINUTE, zoned, "t-1", 2, "open", 2 * HOUR);
        history.reminder(2 * HOUR + 1, zoned, "t-1", 0, 2 * HOUR);
        assertClean();
    }

    @Test
    void aMomentThatPassedOnTheWayGoesOutAtOnceAndAnOlderOneDoesNot() {
        ObjectNode event = history.event("task.created", "t-1")
                .put("title", "Pay")
                .put("occurred_at", History.time(-10 * MINUTE))
                .put("due_at", History.time(-MINUTE));
        event.putArray("remind_before_minutes").add(30).add(0);
        UUID created = history.append(0, event);
        history.update(1, created, "t-1", 1, "open", -MINUTE);
        assertOnly(OffenceKind.LOST);

        history.reminder(3, created, "t-1", 0, -MINUTE);
        assertClean();

        history.reminder(4, created, "t-1", 30, -MINUTE);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void aSnoozePutsOffWhatWouldHaveComeBeforeIt() {
        UUID created = open("t-1", HOUR);
        UUID snooze = history.append(
                30 * MINUTE, history.event("reminder.snoozed", "t-1").put("snooze_minutes", 60));
        history.update(30 * MINUTE, snooze, "t-1", 2, "open", HOUR);
        assertOnly(OffenceKind.LOST);

        history.snoozed(90 * MINUTE + 2, snooze, "t-1", 90 * MINUTE, HOUR);
        assertClean();

        history.reminder(HOUR, created, "t-1", 0, HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void aSnoozeUntilAMomentThatHadPassedWhenItOccurredIsADeadLetter() {
        UUID created = open("t-1", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        history.append(
                2 * HOUR, history.event("reminder.snoozed", "t-1").put("snooze_until", History.time(HOUR + MINUTE)));
        assertOnly(OffenceKind.DLQ);

        history.deadLetter(2 * HOUR + 3, 1, "invalid_value");
        assertClean();
    }

    @Test
    void aSnoozeThatWasOnItsWayForTooLongIsSentAtOnce() {
        UUID created = open("t-1", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        UUID snooze = history.append(
                2 * HOUR,
                history.event("reminder.snoozed", "t-1")
                        .put("occurred_at", History.time(HOUR))
                        .put("snooze_until", History.time(HOUR + MINUTE)));
        history.update(2 * HOUR, snooze, "t-1", 2, "open", HOUR);
        assertOnly(OffenceKind.LOST);

        history.snoozed(2 * HOUR + 1, snooze, "t-1", HOUR + MINUTE, HOUR);
        assertClean();
    }

    @Test
    void aSnoozeUntilAMomentIsForThatMoment() {
        UUID created = open("t-1", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        UUID snooze = history.append(
                2 * HOUR, history.event("reminder.snoozed", "t-1").put("snooze_until", History.time(3 * HOUR)));
        history.update(2 * HOUR, snooze, "t-1", 2, "open", HOUR);
        history.snoozed(3 * HOUR, snooze, "t-1", 3 * HOUR, HOUR);

        assertClean();
    }

    @Test
    void aSnoozeOfATaskThatMovesMayStayOrGo() {
        open("t-1", HOUR);
        UUID snooze =
                history.append(MINUTE, history.event("reminder.snoozed", "t-1").put("snooze_minutes", 120));
        history.update(MINUTE, snooze, "t-1", 2, "open", HOUR);
        UUID moved =
                history.append(2 * MINUTE, history.event("task.updated", "t-1").put("due_at", History.time(5 * HOUR)));
        history.update(2 * MINUTE, moved, "t-1", 3, "open", 5 * HOUR);
        history.reminder(5 * HOUR, moved, "t-1", 0, 5 * HOUR);
        assertClean();

        history.snoozed(121 * MINUTE, snooze, "t-1", 121 * MINUTE, 5 * HOUR);
        assertClean();
    }

    @Test
    void aReopenedTaskIsArmedAgainForWhatIsAhead() {
        UUID created = open("t-1", HOUR);
        UUID completed = history.append(MINUTE, "task.completed", "t-1");
        history.update(MINUTE, completed, "t-1", 2, "completed", HOUR);
        UUID reopened = history.append(2 * MINUTE, "task.reopened", "t-1");
        history.update(2 * MINUTE, reopened, "t-1", 3, "open", HOUR);
        assertOnly(OffenceKind.LOST);

        history.reminder(HOUR, created, "t-1", 0, HOUR);
        assertClean();
        // Accepted without effect, and without an update.
        history.append(3 * MINUTE, "task.reopened", "t-1");
        assertClean();
    }

    @Test
    void whatAStateRefusesIsADeadLetterWithItsCode() {
        UUID created = open("t-1", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        history.created(2 * HOUR, "t-1", 3 * HOUR);
        assertOnly(OffenceKind.DLQ);

        History.Entry letter = history.deadLetter(2 * HOUR, 1, "unknown_task");
        assertOnly(OffenceKind.DLQ);

        History.header(letter, "error_code", "task_exists");
        assertClean();

        UUID deleted = history.append(4 * HOUR, "task.deleted", "t-1");
        history.update(4 * HOUR, deleted, "t-1", 2, "deleted", HOUR);
        history.append(5 * HOUR, "task.updated", "t-1");
        history.events.get(3).json(history.events.get(3).json().put("title", "No"));
        history.deadLetter(5 * HOUR, 3, "task_deleted");
        assertClean();
    }

    @Test
    void anEventWaitsForItsTaskAndIsThenADeadLetter() {
        UUID early = history.append(0, "task.completed", "t-1");
        UUID created = history.created(MINUTE, "t-1", HOUR);
        history.update(MINUTE, created, "t-1", 1, "open", HOUR);
        history.update(MINUTE, early, "t-1", 2, "completed", HOUR);
        assertClean();

        history.append(2 * MINUTE, "task.completed", "t-2");
        assertOnly(OffenceKind.DLQ);
        history.deadLetter(7 * MINUTE, 2, "unknown_task");
        assertClean();

        // Too late for what waited for it; replayed, it is taken.
        UUID second = history.created(8 * MINUTE, "t-2", HOUR);
        history.update(8 * MINUTE, second, "t-2", 1, "open", HOUR);
        UUID replayed = history.append(9 * MINUTE, history.events.get(2).json());
        history.update(9 * MINUTE, replayed, "t-2", 2, "completed", HOUR);
        assertClean();
    }

    @Test
    void aForgottenTaskBeginsAnew() {
        open("t-1", 50 * HOUR);
        UUID deleted = history.append(MINUTE, "task.deleted", "t-1");
        history.update(MINUTE, deleted, "t-1", 2, "deleted", 50 * HOUR);
        UUID again = history.created(25 * HOUR, "t-1", 30 * HOUR);
        history.update(25 * HOUR, again, "t-1", 1, "open", 30 * HOUR);
        history.reminder(30 * HOUR, again, "t-1", 0, 30 * HOUR);

        assertClean();
    }

    @Test
    void anUpdateOfACompletedTaskMayBeTakenOrRefused() {
        open("t-1", HOUR);
        UUID completed = history.append(MINUTE, "task.completed", "t-1");
        history.update(MINUTE, completed, "t-1", 2, "completed", HOUR);
        UUID renamed =
                history.append(2 * MINUTE, history.event("task.updated", "t-1").put("title", "X"));
        assertOnly(OffenceKind.LOST);

        history.update(2 * MINUTE, renamed, "t-1", 3, "completed", HOUR);
        assertClean();

        history.updates.remove(2);
        history.deadLetter(2 * MINUTE, 2, "task_completed");
        assertClean();
    }

    @Test
    void aLocalDateWithoutAZoneIsForTheJobToRefuse() {
        open("t-1", 2 * HOUR);
        UUID moved = history.append(MINUTE, history.event("task.updated", "t-1").put("due_at", "2026-12-01T10:00:00"));
        history.deadLetter(MINUTE, 1, "missing_field");
        history.reminder(
                2 * HOUR,
                UUID.fromString(history.events.get(0).json().get("event_id").asText()),
                "t-1",
                0,
                2 * HOUR);

        assertClean();
        assertThat(moved).isNotNull();
    }

    @Test
    void anAnnouncedOccurrenceIsTheTruthForItsOwnReminders() {
        UUID created = recurring();
        UUID completed = history.append(2 * HOUR, "task.completed", "t-1");
        history.update(2 * HOUR, completed, "t-1", 2, "completed", HOUR);
        UUID announced = announce(2 * HOUR + 20, created, "20261202T090000", 25 * HOUR);
        history.reminder(25 * HOUR, announced, "t-1~20261202T090000", 0, 25 * HOUR);
        assertOnly(OffenceKind.LOST);

        // Its view may name as cause what announced it, or what completed the one before it.
        history.update(2 * HOUR + 20, completed, "t-1~20261202T090000", 1, "open", 25 * HOUR);
        assertClean();
        history.reminders.remove(1);
        assertOnly(OffenceKind.LOST);
        history.reminder(25 * HOUR, announced, "t-1~20261202T090000", 0, 25 * HOUR);
        assertClean();
        assertThat(history.audit().occurrences()).isEqualTo(1);

        UUID deleted = history.append(26 * HOUR, "task.deleted", "t-1~20261202T090000");
        history.update(26 * HOUR, deleted, "t-1~20261202T090000", 2, "deleted", 25 * HOUR);
        assertClean();
    }

    @Test
    void anOccurrenceIsAnnouncedUnderOneIdAndAfterItsPredecessor() {
        UUID created = recurring();
        UUID first = announce(2 * HOUR, created, "20261203T090000", 49 * HOUR);
        history.update(2 * HOUR, first, "t-1~20261203T090000", 1, "open", 49 * HOUR);
        history.reminder(49 * HOUR, first, "t-1~20261203T090000", 0, 49 * HOUR);
        assertClean();

        UUID other = announce(3 * HOUR, history.nextId(), "20261203T090000", 49 * HOUR);
        assertOnly(OffenceKind.TWICE);
        history.events.remove(history.events.size() - 1);
        assertThat(other).isNotEqualTo(first);

        UUID before = announce(3 * HOUR, created, "20261202T090000", 25 * HOUR);
        history.update(3 * HOUR, before, "t-1~20261202T090000", 1, "open", 25 * HOUR);
        history.reminder(25 * HOUR, before, "t-1~20261202T090000", 0, 25 * HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void anOccurrenceAnnouncedAgainIsTwiceUnlessTheJobCrashed() {
        UUID created = recurring();
        UUID announced = announce(2 * HOUR, created, "20261202T090000", 25 * HOUR);
        history.update(2 * HOUR, announced, "t-1~20261202T090000", 1, "open", 25 * HOUR);
        history.reminder(25 * HOUR, announced, "t-1~20261202T090000", 0, 25 * HOUR);
        announce(2 * HOUR + 9, created, "20261202T090000", 25 * HOUR);

        assertOnly(OffenceKind.TWICE);
        assertThat(history.audit(AuditSettings.withCrashes(Duration.ofMinutes(1)), 99 * HOUR)
                        .isClean())
                .isTrue();
    }

    @Test
    void anOccurrenceMadeForAMomentIsRemindedOfThoughItIsAnnouncedAfterIt() {
        UUID created = recurring();
        ObjectNode event =
                announcement(created, "20261202T090000", 25 * HOUR).put("occurred_at", History.time(25 * HOUR));
        UUID announced = history.append(25 * HOUR + 30, event);
        history.update(25 * HOUR, announced, "t-1~20261202T090000", 1, "open", 25 * HOUR);
        assertOnly(OffenceKind.LOST);

        history.reminder(25 * HOUR + 5, announced, "t-1~20261202T090000", 0, 25 * HOUR);
        assertClean();
    }

    @Test
    void aChangeOfTheSeriesMakesTheAuditorCareful() {
        UUID created = recurring();
        UUID announced = announce(2 * HOUR, created, "20261202T090000", 25 * HOUR);
        String occurrence = "t-1~20261202T090000";
        history.update(2 * HOUR, announced, occurrence, 1, "open", 25 * HOUR);
        UUID changed =
                history.append(3 * HOUR, history.event("task.updated", "t-1").put("remind_before_minutes", 60));
        history.update(3 * HOUR, changed, "t-1", 2, "open", HOUR);
        history.update(3 * HOUR, changed, occurrence, 2, "open", 25 * HOUR);
        assertClean();

        // By the id that the change gives every task other than the one it names.
        history.reminder(24 * HOUR, Uuid5.of(changed, occurrence), occurrence, 60, 25 * HOUR);
        assertClean();

        history.reminder(25 * HOUR, history.nextId(), occurrence, 30, 25 * HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    @Test
    void deletingASeriesCancelsItsOccurrences() {
        UUID created = recurring();
        UUID announced = announce(2 * HOUR, created, "20261202T090000", 25 * HOUR);
        String occurrence = "t-1~20261202T090000";
        history.update(2 * HOUR, announced, occurrence, 1, "open", 25 * HOUR);
        UUID deleted = history.append(3 * HOUR, "task.deleted", "t-1");
        history.update(3 * HOUR, deleted, "t-1", 2, "deleted", HOUR);
        history.update(3 * HOUR, deleted, occurrence, 2, "deleted", 25 * HOUR);
        assertClean();

        history.reminder(25 * HOUR, announced, occurrence, 0, 25 * HOUR);
        assertOnly(OffenceKind.WRONG);
    }

    private UUID recurring() {
        ObjectNode event = history.event("task.created", "t-1")
                .put("title", "Pay")
                .put("due_at", "2026-12-01T09:00:00")
                .put("time_zone", "UTC");
        event.putObject("recurrence").put("every", "daily");
        UUID created = history.append(0, event);
        history.update(0, created, "t-1", 1, "open", HOUR);
        history.reminder(HOUR, created, "t-1", 0, HOUR);
        return created;
    }

    private UUID announce(long at, UUID rootCreation, String recurrenceId, long due) {
        return history.append(at, announcement(rootCreation, recurrenceId, due));
    }

    private ObjectNode announcement(UUID rootCreation, String recurrenceId, long due) {
        UUID id = Uuid5.of(Uuid5.of(rootCreation, "series"), recurrenceId);
        return history.event("task.created", "t-1~" + recurrenceId)
                .put("event_id", id.toString())
                .put("title", "Pay")
                .put("due_at", History.time(due).replace("Z", ""))
                .put("time_zone", "UTC");
    }
}
