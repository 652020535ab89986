package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.wire.Uuid5;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series whose next occurrence is made when the latest one is closed. */
class OnCompletionTest {
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 12, 1, 10, 0);
    private static final String DAILY = "'recurrence':{'every':'daily'}";

    private final History history = new History().at("09:00");

    private History daily() {
        return daily(DAILY);
    }

    private History daily(String recurrence) {
        return history.created("t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'", recurrence);
    }

    @Test
    void theNextIsMadeOnCompletion() {
        daily().at("10:30").completed("t-1").at("12-02 12:00");

        assertThat(history.news())
                .containsExactly(
                        "publish t-1 v1 open",
                        "remind t-1 12-01 10:00 -0",
                        "publish t-1 v2 completed",
                        "publish t-1~20261202T100000 v1 open",
                        "announce t-1~20261202T100000",
                        "remind t-1~20261202T100000 12-02 10:00 -0");
        assertThat(history.view("t-1~20261202T100000").recurrenceId()).isEqualTo("20261202T100000");
        assertThat(history.view("t-1").recurrenceId()).isEqualTo("20261201T100000");
        assertThat(history.view("t-1").fields().recurrence()).isNotNull();
        assertThat(history.view("t-1~20261202T100000").fields().recurrence()).isNull();
        assertThat(history.reminder(1).seriesId()).isEqualTo("t-1");
        assertThat(history.reminder(1).correlationId()).isEqualTo("c-2");
    }

    @Test
    void idsFollowFromTheSeries() {
        daily().completed("t-1").at("12-02 12:00");

        var announced = Uuid5.of(Uuid5.of(History.id(1), "series"), "20261202T100000");
        assertThat(history.all(TaskCommand.Announce.class).get(0).created().eventId())
                .isEqualTo(announced);
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(announced, "0"));
    }

    @Test
    void theAnnouncementReadBackIsRecognised() {
        daily().completed("t-1").readBack(0);
        assertThat(history.outcome()).isEqualTo(Outcome.RECOGNISED);

        history.readBack(0);
        assertThat(history.outcome()).isEqualTo(Outcome.RECOGNISED);
        assertThat(history.view("t-1~20261202T100000").version()).isEqualTo(1);
    }

    @Test
    void anAnnouncementIsRecognisedAfterItsOccurrenceIsForgotten() {
        daily();
        for (int day = 1; day <= 4; day++) {
            String id = day == 1 ? "t-1" : "t-1~2026120" + day + "T100000";
            history.at("12-0" + day + " 11:00").completed(id);
        }
        assertThat(history.state().tasks()).hasSize(3);

        assertThat(history.readBack(0).outcome()).isEqualTo(Outcome.RECOGNISED);
    }

    @Test
    void aForeignCreationOfAnOccurrenceIsRefused() {
        daily().completed("t-1").created("t-1~20261202T100000").created("t-1~20261203T100000");

        assertThat(history.news("reject")).containsExactly("reject task_exists @2", "reject invalid_value @3");
    }

    @Test
    void anAnnouncedOccurrenceIsAdoptedAfterALossOfState() {
        daily().completed("t-1").loseState();
        history.record(history.records().get(0)).readBack(0);

        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history.state().tasks()).hasSize(2);
        assertThat(history.all(TaskCommand.Announce.class))
                .as("it is on the log already")
                .hasSize(1);
    }

    @ParameterizedTest(name = "completed {0} with catch-up {1}: {2}")
    @CsvSource({
        "12-01 09:30, PT0S, 20261202T100000",
        "12-02 09:59, PT0S, 20261202T100000",
        "12-02 10:00, PT0S, 20261202T100000",
        "12-04 12:00, PT0S, 20261205T100000",
        "12-04 12:00, PT2H, 20261204T100000",
        "12-04 12:00, PT1H, 20261205T100000",
        "12-04 12:00, P7D,  20261202T100000",
    })
    void whatWasMissedIsMadeWithinTheCatchUp(String completed, String catchUp, String next) {
        daily("'recurrence':{'every':'daily','catch_up':'" + catchUp + "'}");

        history.at(completed).completed("t-1");

        assertThat(history.news("announce")).containsExactly("announce t-1~" + next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'rule':'FREQ=DAILY;COUNT=3' | 3",
                "'rule':'FREQ=DAILY;UNTIL=20261202T235959Z' | 2",
                "'rule':'FREQ=DAILY;COUNT=3','exdates':['2026-12-02T10:00:00'] | 2",
                "'cron':'0 10 1-2 12 *','exdates':[] | 4",
            })
    void theSeriesEnds(String rule, int occurrences) {
        daily("'recurrence':{" + rule + "}");

        for (int i = 0; i < 4 && isOpen(); i++) {
            history.completed(latest());
        }

        assertThat(history.all(TaskCommand.Announce.class)).hasSize(occurrences - (occurrences == 4 ? 0 : 1));
        if (occurrences < 4) {
            assertThat(history.state().schedule().ended()).isTrue();
            assertThat(history.at("12-02 09:01").state()).isNull();
        }
    }

    @Test
    void aDateLeftOutAndOneAdded() {
        daily("'recurrence':{'every':'daily','exdates':['2026-12-02T10:00:00'],'rdates':['2026-12-02T17:00:00']}")
                .completed("t-1")
                .completed("t-1~20261202T170000");

        assertThat(history.news("announce"))
                .containsExactly("announce t-1~20261202T170000", "announce t-1~20261203T100000");
    }

    @Test
    void deletingTheLatestMakesTheNext() {
        daily().deleted("t-1~20261201T100000").deleted("t-1~20261202T100000");

        assertThat(history.news("announce"))
                .containsExactly("announce t-1~20261202T100000", "announce t-1~20261203T100000");
    }

    @Test
    void completingTwiceOrAnEarlierOneMakesNothing() {
        daily().completed("t-1").completed("t-1").reopened("t-1").completed("t-1");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T100000");
    }

    @Test
    void theFirstIsKnownByItsRecurrenceIdToo() {
        daily().completed("t-1~20261201T100000");

        assertThat(history.news())
                .containsExactly(
                        "publish t-1 v1 open",
                        "publish t-1 v2 completed",
                        "publish t-1~20261202T100000 v1 open",
                        "announce t-1~20261202T100000");
    }

    @Test
    void aFractionOfASecondStaysOutOfIds() {
        history.created("t-1", "'due_at':'2026-12-01T10:00:00.250','time_zone':'UTC'", DAILY)
                .completed("t-1~20261201T100000");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T100000");
    }

    @Test
    void itTakesALongTimeToReachAHundredOpenOnes() {
        daily();
        for (int i = 0; i < 101; i++) {
            String latest = latest();
            history.completed(latest).reopened(latest);
        }

        assertThat(history.news("publish")).contains("publish t-1 v4 skipped");
        assertThat(history.reopened("t-1").view("t-1").status()).hasToString("OPEN");
        assertThat(history.view("t-1~20261202T100000").status()).hasToString("SKIPPED");
    }

    private boolean isOpen() {
        return history.state().tasks().get(history.state().tasks().size() - 1).isOpen();
    }

    private String latest() {
        Change change = new Change(history.key, history.state(), new ReadySchedules());
        return change.taskId(history.state().tasks().size() - 1);
    }

    @Test
    void ofManyClosedOccurrencesTheLatestAreRemembered() {
        daily().completed("t-1");
        for (int day = 2; day <= 40; day++) {
            history.completed("t-1~" + RecurrenceIds.format(FIRST.plusDays(day - 1)));
        }

        // The root, the open one, and thirty that are closed.
        assertThat(history.state().tasks()).hasSize(32);
        history.completed("t-1~" + RecurrenceIds.format(FIRST.plusDays(1)));
        assertThat(history.outcome()).isEqualTo(Outcome.WAITING);
        history.completed("t-1~" + RecurrenceIds.format(FIRST.plusDays(39)));
        assertThat(history.outcome()).isEqualTo(Outcome.NO_EFFECT);
    }
}
