package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.Uuid5;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemindersTest {
    private static final String DUE_NOON = "'due_at':'2026-12-01T12:00:00Z'";

    private final History history = new History();

    @ParameterizedTest(name = "due {0}, occurred {1} s before 09:00: {2}")
    @CsvSource({
        "09:00:01, 0,    later",
        "09:00:00, 0,    at once",
        "08:59:00, 0,    never",
        "08:59:00, 60,   at once",
        "08:59:00, 59,   never",
        "08:59:00, 3600, at once",
        "07:59:00, 3600, never",
    })
    void aMomentIsArmedAheadOfTheLogAndSentAtOnceAfterTheEvent(String due, int late, String expected) {
        history.at("09:00").late(late).created("t-1", "'due_at':'2026-12-01T" + due + "Z'");

        boolean atOnce = expected.equals("at once");
        assertThat(history.news("remind")).hasSize(atOnce ? 1 : 0);
        history.at("12:00");
        assertThat(history.news("remind")).hasSize(expected.equals("later") ? 1 : 0);
        assertThat(history.view("t-1").nextRemindAt() != null).isEqualTo(expected.equals("later"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                " | 12:00 -0",
                ",'remind_before_minutes':30 | 11:30 -30",
                ",'remind_before_minutes':[0,60,15] | 11:00 -60, 11:45 -15, 12:00 -0",
                ",'remind_before_minutes':[] | ''",
                ",'remind_before_minutes':null | ''",
                ",'remind_before_minutes':[300,60] | 11:00 -60",
            })
    void everyOffsetRemindsOnce(String offsets, String expected) {
        history.at("09:00").created("t-1", DUE_NOON + (offsets == null ? "" : offsets));
        history.at("12-02 09:00");

        assertThat(String.join(", ", history.news("remind")).replace("remind t-1 12-01 ", ""))
                .isEqualTo(expected);
    }

    /** The second: what the clock had come to before the bound was known. */
    @ParameterizedTest
    @CsvSource({"12-01 09:05, true", "2028-01-05 09:00, false"})
    void aRecordFromTheFutureSendsNothingAndStopsNoClock(String latest, boolean boundBefore) {
        history.at("09:00").created("t-1", "'due_at':'2028-06-01T09:00:00Z'").withTimers(false);
        history.latest(latest).at("2028-01-05 09:00").updated("t-1", "'title':'Pay'");
        history.latest("09:10").at("09:10").snoozed("t-1", 30).restored();

        assertThat(history.news("remind")).isEmpty();
        history.withTimers(true).at("09:40");
        assertThat(history.news("remind")).as("bound before: " + boundBefore).hasSize(1);
    }

    @Test
    void aTaskWithoutDueDateRemindsOnceItGetsOne() {
        history.at("09:00").created("t-1").at("10:00").updated("t-1", DUE_NOON).at("13:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(2), "0"));
    }

    @Test
    void theIdIsThatOfTheArmingEventAndTheOffset() {
        history.at("09:00").created("t-1", DUE_NOON, "'remind_before_minutes':[60,0]");
        history.at("11:30").updated("t-1", "'due_at':'2026-12-01T13:00:00Z'").at("14:00");

        assertThat(history.news("remind"))
                .containsExactly(
                        "remind t-1 12-01 11:00 -60", "remind t-1 12-01 12:00 -60", "remind t-1 12-01 13:00 -0");
        assertThat(List.of(
                        history.reminder(0).eventId(),
                        history.reminder(1).eventId(),
                        history.reminder(2).eventId()))
                .containsExactly(
                        Uuid5.of(History.id(1), "60"), Uuid5.of(History.id(2), "60"), Uuid5.of(History.id(2), "0"));
        assertThat(history.reminder(2).correlationId()).isEqualTo("c-2");
    }

    @Test
    void anEditThatLeavesTheMomentsAloneKeepsThemPending() {
        history.at("09:00").created("t-1", DUE_NOON).snoozed("t-1", 30);
        history.at("09:10").updated("t-1", DUE_NOON, "'title':'Pay'").at("13:00");

        assertThat(history.news("remind"))
                .containsExactly("remind t-1 12-01 09:30 snoozed", "remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(1).eventId()).isEqualTo(Uuid5.of(History.id(1), "0"));
        assertThat(history.reminder(1).title()).isEqualTo("Pay");
    }

    @Test
    void aChangedZoneMovesALocalDueDate() {
        history.at("09:00").created("t-1", "'due_at':'2026-12-01T15:00:00','time_zone':'Europe/Paris'");
        history.at("10:00").updated("t-1", "'time_zone':'UTC'").at("20:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 15:00 -0");
    }

    @Test
    void aChangedZoneLeavesAnInstantAlone() {
        history.at("09:00").created("t-1", DUE_NOON + ",'time_zone':'Europe/Paris'");
        history.at("10:00").updated("t-1", "'time_zone':'UTC'").at("20:00");

        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(1), "0"));
    }

    @Test
    void aLocalDueDateNeedsAZone() {
        history.at("09:00").created("t-1").updated("t-1", "'due_at':'2026-12-01T15:00:00'");
        assertThat(history.news("reject")).containsExactly("reject missing_field @1");

        history.updated("t-1", "'due_at':'2026-12-01T15:00:00','time_zone':'UTC'")
                .updated("t-1", "'time_zone':null");
        assertThat(history.news("reject")).containsExactly("reject missing_field @3");
        assertThat(history.at("15:00").news("remind")).hasSize(1);
    }

    @Test
    void aLateEditDoesNotRepeatAReminder() {
        history.at("09:00").created("t-1", DUE_NOON).at("12:01").news();

        history.late(120).updated("t-1", "'remind_before_minutes':[1,0]");

        // 11:59 is new and passed since the edit; 12:00 went out already.
        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 11:59 -1");
    }

    @Test
    void clearingTheDueDateCancels() {
        history.at("09:00")
                .created("t-1", DUE_NOON)
                .updated("t-1", "'due_at':null")
                .at("13:00");

        assertThat(history.news("remind")).isEmpty();
        assertThat(history.view("t-1").dueAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"task.completed", "task.deleted"})
    void closingCancels(String event) {
        history.at("09:00").created("t-1", DUE_NOON).snoozed("t-1", 30).event(event, "t-1");

        assertThat(history.at("13:00").news("remind")).isEmpty();
        assertThat(history.state().pendingReminders()).isZero();
    }

    @Test
    void aMomentAtTheVeryTimeOfTheCompletionGoesOut() {
        history.at("09:00").created("t-1", DUE_NOON).withoutTimers().at("12:00").completed("t-1");

        assertThat(history.news())
                .containsExactly("publish t-1 v1 open", "remind t-1 12-01 12:00 -0", "publish t-1 v2 completed");
    }

    @Test
    void reopeningArmsWhatLiesAhead() {
        history.at("09:00")
                .created("t-1", DUE_NOON, "'remind_before_minutes':[60,0]")
                .completed("t-1");
        history.at("11:30").reopened("t-1").at("13:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(1), "0"));
    }

    @Test
    void aMomentHasOneIdWhateverWasReadOfEventsLoggedJustBeforeIt() {
        // Given a moment that is released before what was logged ahead of it is read
        history.at("09:00").created("t-1", DUE_NOON);
        history.at("12:00:00").at("11:59:59").completed("t-1").reopened("t-1").at("12:05");

        // When a replay reads that first
        History replayed = new History();
        replayed.at("09:00").created("t-1", DUE_NOON);
        replayed.at("11:59:59").completed("t-1").reopened("t-1").at("12:05");

        // Then both send the same
        assertThat(replayed.news("remind")).isEqualTo(history.news("remind")).hasSize(1);
        assertThat(replayed.reminder(0).eventId()).isEqualTo(history.reminder(0).eventId());
    }

    @Test
    void aTaskMovedWhileItWasClosedIsArmedByItsReopening() {
        history.at("09:00")
                .created("t-1", DUE_NOON)
                .completed("t-1")
                .updated("t-1", "'due_at':'2026-12-01T13:00:00Z'")
                .reopened("t-1")
                .at("14:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 13:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(4), "0"));
    }

    @Test
    void otherMinutesBeforeTheSameDueDateAreOfTheSameArming() {
        history.at("09:00")
                .created("t-1", DUE_NOON)
                .updated("t-1", "'remind_before_minutes':[30,0]")
                .at("12:05");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 11:30 -30", "remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(1), "30"));
        assertThat(history.reminder(1).eventId()).isEqualTo(Uuid5.of(History.id(1), "0"));
    }

    @Test
    void aLateReopeningDoesNotRepeatAReminder() {
        history.at("09:00")
                .created("t-1", DUE_NOON)
                .at("12:05")
                .completed("t-1")
                .late(600)
                .reopened("t-1");

        assertThat(history.news("remind")).hasSize(1);
    }

    @Test
    void whatWasSentIsNotSentAgainByEventsLoggedJustBeforeItsMomentAndReadAfterIt() {
        history.at("09:00").created("t-1", DUE_NOON);

        // The clock has released it before these were read.
        history.at("12:00:00").at("11:59:59").completed("t-1").reopened("t-1").at("12:05");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(1), "0"));
    }

    @Test
    void aLateReopeningSendsWhatPassedWhileItWasClosed() {
        history.at("09:00")
                .created("t-1", DUE_NOON)
                .at("11:50")
                .completed("t-1")
                .at("12:05")
                .late(600)
                .reopened("t-1");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 12:00 -0");
    }

    @Test
    void movingAClosedTaskArmsNothingUntilItIsOpen() {
        history.at("09:00").created("t-1", DUE_NOON).completed("t-1");
        history.updated("t-1", "'due_at':'2026-12-01T14:00:00Z'");
        assertThat(history.view("t-1").nextRemindAt()).isNull();

        history.at("13:00").reopened("t-1").at("15:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 14:00 -0");
    }

    @Test
    void aSnoozeDropsWhatWouldComeBeforeIt() {
        history.at("11:00")
                .created("t-1", DUE_NOON, "'remind_before_minutes':[30,0]")
                .snoozed("t-1", 45);

        assertThat(history.at("13:00").news("remind"))
                .containsExactly("remind t-1 12-01 11:45 snoozed", "remind t-1 12-01 12:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(2), "snooze"));
        assertThat(history.reminder(0).remindBeforeMinutes()).isEqualTo(15);
    }

    @Test
    void aSnoozeReplacesTheEarlierOne() {
        history.at("09:00")
                .created("t-1")
                .snoozed("t-1", 60)
                .at("09:30")
                .snoozed("t-1", 10)
                .at("12:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 09:40 snoozed");
        assertThat(history.reminder(0).dueAt()).isNull();
    }

    @Test
    void aSnoozePastTheDueDate() {
        history.at("11:00").created("t-1", DUE_NOON).snoozed("t-1", 90).at("13:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 12:30 snoozed");
        assertThat(history.reminder(0).remindBeforeMinutes()).isEqualTo(-30);
    }

    @ParameterizedTest(name = "until {0}, {1} s late: {2}")
    @CsvSource({
        "2026-12-01T10:00:00Z, 0,    12-01 10:00",
        "2026-12-01T12:00:00,  0,    12-01 11:00",
        "2026-12-01T08:30:00Z, 0,    invalid",
        "2026-12-01T08:30:00Z, 3600, 12-01 08:30",
        "2026-12-01T07:30:00Z, 3600, invalid",
    })
    void aSnoozeUntilAMoment(String until, int late, String expected) {
        history.at("08:00").created("t-1", "'time_zone':'Europe/Paris'").at("09:00");
        history.late(late).snoozedUntil("t-1", until).at("15:00");

        if (expected.equals("invalid")) {
            assertThat(history.news("remind", "reject")).containsExactly("reject invalid_value @1");
        } else {
            assertThat(history.news("remind", "reject")).containsExactly("remind t-1 " + expected + " snoozed");
        }
    }

    @Test
    void aLocalSnoozeNeedsAZone() {
        history.at("08:00").created("t-1").snoozedUntil("t-1", "2026-12-01T12:00:00");

        assertThat(history.news("reject")).containsExactly("reject invalid_value @1");
    }

    @Test
    void aMovedTaskForgetsItsSnooze() {
        history.at("09:00").created("t-1", DUE_NOON).snoozed("t-1", 30);
        history.updated("t-1", "'due_at':'2026-12-01T14:00:00Z'").at("15:00");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 14:00 -0");
    }

    @Test
    void aSnoozeOfATaskWithoutDueDateOutlivesEdits() {
        history.at("09:00").created("t-1").snoozed("t-1", 30).updated("t-1", "'remind_before_minutes':[5]");

        assertThat(history.at("10:00").news("remind")).containsExactly("remind t-1 12-01 09:30 snoozed");
    }
}
