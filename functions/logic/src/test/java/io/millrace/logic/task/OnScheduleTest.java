package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Series whose next occurrence is made when its own first moment comes. */
class OnScheduleTest {
    private final History history = new History().at("09:00");

    private History daily(String options) {
        return history.created(
                "t-1",
                "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','remind_before_minutes':[60,0]",
                "'recurrence':{'every':'daily','next':'on_schedule'" + options + "}");
    }

    @Test
    void theNextIsMadeAtItsFirstMoment() {
        daily("").at("12-02 08:59");
        history.news();

        history.at("12-02 09:00");
        assertThat(history.news())
                .containsExactly(
                        "remind t-1~20261202T100000 12-02 09:00 -60",
                        "publish t-1~20261202T100000 v1 open",
                        "announce t-1~20261202T100000");
        assertThat(history.at("12-02 12:00").news()).containsExactly("remind t-1~20261202T100000 12-02 10:00 -0");
    }

    @Test
    void completionMakesNothing() {
        daily("").completed("t-1");

        assertThat(history.news("announce")).isEmpty();
        assertThat(history.at("12-05 12:00").news("announce")).hasSize(4);
    }

    @Test
    void allowKeepsTheEarlierOnesOpen() {
        daily("").at("12-03 12:00");

        assertThat(history.state().tasks()).hasSize(3).allMatch(Task::isOpen);
    }

    @Test
    void skipMakesNoneWhileOneIsOpen() {
        daily(",'overlap':'skip'").at("12-03 12:00").completed("t-1").at("12-04 12:00");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261204T100000");
    }

    @Test
    void replaceClosesTheEarlierOnes() {
        daily(",'overlap':'replace'").at("12-02 12:00");

        assertThat(history.news("publish"))
                .containsExactly(
                        "publish t-1 v1 open", "publish t-1 v2 skipped", "publish t-1~20261202T100000 v1 open");
    }

    @Test
    void replacedOnesAreForgottenWithoutAnyEvent() {
        daily(",'overlap':'replace'").at("12-20 12:00");

        assertThat(history.state().tasks()).hasSizeLessThanOrEqualTo(4);
        assertThat(history.state().tasks().get(0).recurrenceId()).isEqualTo("2026-12-01T10:00");
    }

    @Test
    void theOldestGivesWayToTheHundredAndFirst() {
        history.created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'",
                        "'recurrence':{'rule':'FREQ=HOURLY','next':'on_schedule'}")
                .at("12-05 13:00");

        assertThat(history.all(TaskCommand.Announce.class)).hasSize(99);
        assertThat(history.view("t-1").status()).hasToString("OPEN");
        history.at("12-05 14:00");
        assertThat(history.view("t-1").status()).hasToString("SKIPPED");
        history.at("12-05 15:00");
        assertThat(history.view("t-1~20261201T110000").status()).hasToString("SKIPPED");
    }

    @Test
    void itEnds() {
        history.created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'",
                        "'recurrence':{'rule':'FREQ=DAILY;COUNT=3','next':'on_schedule'}")
                .at("12-10 00:00");
        assertThat(history.all(TaskCommand.Announce.class)).hasSize(2);
        assertThat(history.state().schedule().ended()).isTrue();

        history.completed("t-1").completed("t-1~20261202T100000").completed("t-1~20261203T100000");
        assertThat(history.at("12-11 00:01").state()).isNull();
    }

    @Test
    void whatWasMissedBeforeTheSeriesWasGivenIsMadeWithinTheCatchUp() {
        history.at("12-05 09:30");
        daily(",'catch_up':'P2D'").at("12-05 09:31");

        assertThat(history.news("announce", "remind"))
                .containsExactly(
                        "announce t-1~20261203T100000", "announce t-1~20261204T100000", "announce t-1~20261205T100000");
        // Their time of making does not lie before the event that led to it.
        assertThat(history.view("t-1~20261203T100000").createdAt()).isEqualTo(History.millis("12-05 09:30"));
        assertThat(history.at("12-05 10:00").news("remind"))
                .containsExactly("remind t-1~20261205T100000 12-05 10:00 -0");
    }

    @Test
    void moreThanAHundredAtOnceAreRefused() {
        history.created(
                "t-1",
                "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','remind_before_minutes':525600",
                "'recurrence':{'rule':'FREQ=MINUTELY','next':'on_schedule'}");
        assertThat(history.news()).containsExactly("reject invalid_recurrence @0");

        daily("").updated("t-1", "'remind_before_minutes':[525600]");
        assertThat(history.news("reject")).containsExactly("reject invalid_recurrence @2");
        assertThat(history.state().template().remindBeforeMinutes()).containsExactly(60, 0);
    }

    @Test
    void aChangeOfRemindersMovesTheMaking() {
        daily("").updated("t-1", "'remind_before_minutes':[120]").at("12-02 08:00");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T100000");
    }

    @Test
    void switchingToOnCompletion() {
        daily("").completed("t-1").at("10:00").updated("t-1", "'recurrence':{'every':'daily'}");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T100000");
        assertThat(history.at("12-05 10:00").news("announce")).isEmpty();
    }

    @Test
    void switchingToOnSchedule() {
        history.created("t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'every':'daily'}")
                .updated("t-1", "'recurrence':{'every':'daily','next':'on_schedule'}")
                .at("12-02 10:00");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T100000");
    }

    @Test
    void aNewDueDateWhileTheLatestIsClosedIsTheNextOnes() {
        daily("")
                .completed("t-1")
                .updated("t-1", "'due_at':'2026-12-04T15:00:00'")
                .at("12-06 00:00");

        assertThat(history.news("announce"))
                .containsExactly("announce t-1~20261204T150000", "announce t-1~20261205T150000");
        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("10:00"));
    }

    @Test
    void adoptionGoesOnBehindTheAdopted() {
        daily("").at("12-02 12:00").loseState();
        history.record(history.records().get(0));
        history.readBack(0).at("12-03 12:00");

        assertThat(history.all(TaskCommand.Announce.class))
                .extracting(announce -> announce.created().taskId())
                .endsWith("t-1~20261203T100000");
    }
}
