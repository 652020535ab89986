package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {
    private final History history = new History().at("09:00");

    @Test
    void theyAreAppliedInTheirOrderWhenTheTaskIsCreated() {
        history.updated("t-1", "'title':'First'")
                .updated("t-1", "'title':'Second'")
                .completed("t-1")
                .snoozed("t-1", 5);
        assertThat(history.news()).isEmpty();

        history.at("09:04").created("t-1");

        assertThat(history.news())
                .containsExactly(
                        "publish t-1 v1 open",
                        "publish t-1 v2 open",
                        "publish t-1 v3 open",
                        "publish t-1 v4 completed",
                        "reject task_completed @3");
        assertThat(history.view("t-1").fields().title()).isEqualTo("Second");
        assertThat(history.state().waiting()).isEmpty();
    }

    @Test
    void theyAreDeadLettersAfterTheWait() {
        history.completed("t-1").at("09:01").deleted("t-1");

        history.at(History.millis("09:05") - 1);
        assertThat(history.news()).isEmpty();
        history.at("09:05");
        assertThat(history.news()).containsExactly("reject unknown_task @0");
        history.at("09:06");
        assertThat(history.news()).containsExactly("reject unknown_task @1");

        TaskCommand.Reject reject = history.all(TaskCommand.Reject.class).get(0);
        assertThat(reject.source().value()).isEqualTo(history.records().get(0).value());
        assertThat(reject.source().offset()).isZero();
        assertThat(reject.message()).contains("t-1");
        assertThat(history.state()).isNull();
    }

    @Test
    void aRecordAfterTheWaitExpiresThemAsATimerDoes() {
        history.withoutTimers().completed("t-1").at("09:05").created("t-1");

        assertThat(history.news()).containsExactly("reject unknown_task @0", "publish t-1 v1 open");
    }

    @Test
    void noMoreThanAHundredWait() {
        for (int i = 0; i < 101; i++) {
            history.updated("t-1", "'title':'T" + i + "'");
        }

        assertThat(history.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(history.news()).containsExactly("reject unknown_task @100");
        history.created("t-1");
        assertThat(history.view("t-1").version()).isEqualTo(101);
        assertThat(history.view("t-1").fields().title()).isEqualTo("T99");
    }

    @Test
    void noMoreThan256KiBWaitWithTheirHeaders() {
        String description = "'description':'" + "x".repeat(9_000) + "'";
        for (int i = 0; i < 28; i++) {
            history.updated("t-1", description);
            assertThat(history.outcome()).isEqualTo(Outcome.WAITING);
        }
        history.updated("t-1", description);
        assertThat(history.outcome()).isEqualTo(Outcome.REJECTED);

        History large = new History().at("09:00").completed("t-1");
        SourceRecord small = large.records().get(0);
        byte[] header = new byte[260 * 1024];
        large = new History()
                .record(new SourceRecord(
                        small.topic(),
                        0,
                        0,
                        small.timestamp(),
                        small.key(),
                        small.value(),
                        List.of(new RecordHeader("h", header))));
        assertThat(large.outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void eventsForAnOccurrenceOfAnUnknownSeriesWait() {
        history.completed("t-1~20261202T090000").created("t-1~20261203T090000");
        assertThat(history.outcome()).isEqualTo(Outcome.WAITING);

        assertThat(history.at("09:05").news()).containsExactly("reject unknown_task @0", "reject unknown_task @1");
    }

    @Test
    void anOccurrenceThatIsNoneIsRefused() {
        history.created("t-1").created("t-1~20261203T090000");
        assertThat(history.news("reject")).containsExactly("reject invalid_value @1");

        history.created("t-1~20261399T990000").updated("t-1~20261399T990000", "'title':'x'");
        assertThat(history.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(history.news("reject")).containsExactly("reject invalid_value @2");
    }

    @Test
    void eventsForAnOccurrenceThatIsMadeOnScheduleAreApplied() {
        history.created(
                "t-1",
                "'due_at':'2026-12-01T09:01:00','time_zone':'UTC'",
                "'recurrence':{'every':'daily','next':'on_schedule'}");
        history.at("12-02 08:58").completed("t-1~20261202T090100");
        history.news();

        history.at("12-02 09:10");

        assertThat(history.news("publish"))
                .containsExactly("publish t-1~20261202T090100 v1 open", "publish t-1~20261202T090100 v2 completed");
    }

    @Test
    void eventsForAnOccurrenceThatACompletionMakesAreApplied() {
        history.created("t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'", "'recurrence':{'every':'daily'}");
        history.updated("t-1~20261202T100000", "'title':'Alone'").completed("t-1");

        assertThat(history.view("t-1~20261202T100000").fields().title()).isEqualTo("Alone");
    }

    @Test
    void aSnoozeThatWaitedCountsFromItsOwnLogTime() {
        history.snoozed("t-1", 10).at("09:04").created("t-1").at("09:30");

        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 09:10 snoozed");
    }

    @Test
    void whatWaitsSurvivesASavepoint() {
        history.updated("t-1", "'title':'First'").restored().created("t-1");

        assertThat(history.view("t-1").fields().title()).isEqualTo("First");
    }

    @Test
    void whatThisBuildCanNotReadAnyMoreIsADeadLetter() {
        SourceRecord unreadable =
                new SourceRecord("task-events", 0, 7, history.now(), null, new byte[] {'{', '}'}, List.of());
        Series state =
                Series.EMPTY.plusWaiting(new Waiting(History.id(900), "t-1", history.now() + 300_000, unreadable));

        history.from(state).created("t-1");

        assertThat(history.news()).containsExactly("publish t-1 v1 open", "reject missing_field @7");
        assertThat(history.state().waiting()).isEmpty();
    }
}
