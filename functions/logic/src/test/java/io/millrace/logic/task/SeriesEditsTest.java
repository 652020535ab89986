package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.Uuid5;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of a whole series, of one occurrence, and of what recurs. */
class SeriesEditsTest {
    private static final String SECOND = "t-1~20261202T100000";
    private static final String THIRD = "t-1~20261203T100000";

    private final History history = new History().at("09:00");

    private History daily() {
        return history.created(
                "t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'every':'daily'}");
    }

    /** The first and the second occurrence are open. */
    private History twoOpen() {
        return daily().completed("t-1").reopened("t-1");
    }

    @Test
    void anEditOfTheSeriesReachesOpenAndComingOnes() {
        twoOpen().updated("t-1", "'title':'Pay less'").completed(SECOND);

        assertThat(title("t-1")).isEqualTo("Pay less");
        assertThat(title(SECOND)).isEqualTo("Pay less");
        assertThat(title(THIRD)).isEqualTo("Pay less");
    }

    @Test
    void anEditOfOneOccurrenceStaysThere() {
        twoOpen().updated(SECOND, "'title':'Alone'").updated("t-1", "'title':'All','priority':'P2'");

        assertThat(title("t-1")).isEqualTo("All");
        assertThat(title(SECOND)).isEqualTo("Alone");
        assertThat(history.view(SECOND).fields().priority()).hasToString("P2");
        assertThat(title(history.completed(SECOND), THIRD)).isEqualTo("All");
    }

    @Test
    void theFirstIsEditedAloneByItsRecurrenceId() {
        twoOpen().updated("t-1~20261201T100000", "'title':'Alone'");

        assertThat(title("t-1")).isEqualTo("Alone");
        assertThat(title(SECOND)).isEqualTo("Pay the rent");
        // The series has the first one's id: what is said of it holds for the first one.
        assertThat(title(history.updated("t-1", "'title':'All'"), "t-1")).isEqualTo("All");
    }

    @Test
    void aClosedOccurrenceKeepsItsFields() {
        daily().completed("t-1");
        history.updated("t-1", "'title':'New','priority':'P3','tags':['x'],'remind_before_minutes':[5]");
        assertThat(title("t-1")).isEqualTo("Pay the rent");
        assertThat(title(SECOND)).isEqualTo("New");
        assertThat(history.view("t-1").version()).isEqualTo(3);

        history.reopened("t-1");
        TaskFields fields = history.view("t-1").fields();
        assertThat(fields.title()).isEqualTo("Pay the rent");
        assertThat(fields.priority()).isNull();
        assertThat(fields.tags()).isEmpty();
        assertThat(history.at("10:00").news("remind")).containsExactly("remind t-1 12-01 10:00 -0");
    }

    @Test
    void aClosedOccurrenceIsEditedByItsOwnId() {
        daily().completed("t-1").updated("t-1~20261201T100000", "'title':'Paid'");

        assertThat(title("t-1")).isEqualTo("Paid");
        assertThat(title(SECOND)).isEqualTo("Pay the rent");
    }

    @Test
    void oneEventArmsSeveralTasksUnderDifferentIds() {
        twoOpen().updated("t-1", "'time_zone':'Etc/GMT+1'").at("12-03 00:00");

        assertThat(history.news("remind"))
                .containsExactly("remind t-1 12-01 11:00 -0", "remind " + SECOND + " 12-02 11:00 -0");
        assertThat(history.reminder(0).eventId()).isEqualTo(Uuid5.of(History.id(4), "0"));
        assertThat(history.reminder(1).eventId()).isEqualTo(Uuid5.of(Uuid5.of(History.id(4), SECOND), "0"));
    }

    @Test
    void aNewDueDateGoesToTheLatestAndTheRuleCountsFromThere() {
        twoOpen().updated("t-1", "'due_at':'2026-12-02T18:00:00'").completed(SECOND);

        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("10:00"));
        assertThat(history.view(SECOND).dueAt()).isEqualTo(History.millis("12-02 18:00"));
        assertThat(history.news("announce")).endsWith("announce t-1~20261203T180000");
    }

    @Test
    void aClosedLatestThatIsMovedByTheSeriesRemindsUnderANewId() {
        history.created(
                "t-1",
                "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'every':'daily','next':'on_schedule'}");
        history.at("12-02 10:30").completed(SECOND);

        history.updated("t-1", "'due_at':'2026-12-02T12:00:00','recurrence':null")
                .reopened(SECOND)
                .at("12-02 12:00");

        assertThat(history.news("remind"))
                .endsWith("remind " + SECOND + " 12-02 10:00 -0", "remind " + SECOND + " 12-02 12:00 -0");
        assertThat(history.all(TaskCommand.Remind.class).stream()
                        .map(remind -> remind.reminder().eventId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNewDueDateCountsAlsoWhenTheRuleHadAStartOfItsOwn() {
        history.created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'",
                        "'recurrence':{'every':'daily','dtstart':'2026-11-30T08:00:00'}")
                .completed("t-1")
                .updated("t-1", "'due_at':'2026-12-02T18:00:00'")
                .completed("t-1~20261202T080000");

        assertThat(history.news("announce"))
                .containsExactly("announce t-1~20261202T080000", "announce t-1~20261202T180000".replace("02T", "03T"));
    }

    @Test
    void oneOccurrenceIsMovedAlone() {
        twoOpen().updated(SECOND, "'due_at':'2026-12-02T18:00:00'").completed(SECOND);

        assertThat(history.view(SECOND).recurrenceId()).isEqualTo("20261202T100000");
        assertThat(history.news("announce")).endsWith("announce " + THIRD);
    }

    @Test
    void anInstantBecomesLocalSoThatItsTimeStays() {
        history.created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00Z','time_zone':'Europe/Paris','recurrence':{'every':'daily'}")
                .completed("t-1");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261202T110000");
        assertThat(history.view("t-1").fields().due().local()).isEqualTo("2026-12-01T11:00");
    }

    @Test
    void withoutDueDateTheFirstOfTheSetIsDue() {
        history.created(
                "t-1",
                "'time_zone':'UTC','recurrence':{'every':'daily','dtstart':'2026-12-01T10:00:00',"
                        + "'exdates':['2026-12-01T10:00:00']}");

        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("12-02 10:00"));
        assertThat(history.view("t-1").recurrenceId()).isEqualTo("20261202T100000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_recurrence 'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'rule':'FREQ=X'}",
                "invalid_recurrence 'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'cron':'nonsense'}",
                "invalid_recurrence 'time_zone':'UTC','recurrence':{'rule':'FREQ=DAILY;COUNT=1',"
                        + "'dtstart':'2026-12-01T10:00:00','exdates':['2026-12-01T10:00:00']}",
            })
    void anInvalidSeriesIsRefused(String codeAndFields) {
        int space = codeAndFields.indexOf(' ');

        history.created("t-1", codeAndFields.substring(space + 1));

        assertThat(history.news()).containsExactly("reject " + codeAndFields.substring(0, space) + " @0");
        assertThat(history.state()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'due_at':'2026-12-01T10:00:00Z'", "'time_zone':'UTC'"})
    void aTaskThatLacksZoneOrDueDateIsNotMadeToRecur(String fields) {
        history.created("t-1", fields).news();

        history.updated("t-1", "'recurrence':{'every':'daily'}");

        assertThat(history.news()).containsExactly("reject missing_field @1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'recurrence':{'rule':'FREQ=DAILY;BYSECOND=1,2'},'title':'New'",
                "'title':'New','due_at':null",
                "'title':'New','time_zone':null",
            })
    void aRefusedEditChangesNothing(String fields) {
        daily();
        byte[] before = Encoded.bytes(history.state());
        history.news();

        history.updated("t-1", fields);

        assertThat(history.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(history.news()).hasSize(1);
        assertThat(Encoded.bytes(history.state())).isEqualTo(before);
    }

    @Test
    void theLongestIdOfATaskThatRecursLeavesRoomForThoseOfItsOccurrences() {
        String longest = "t".repeat(184);
        String recurring = "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'every':'daily'}";

        History fits =
                new History(longest).at("09:00").created(longest, recurring).completed(longest);
        assertThat(fits.readBack(0).outcome()).isEqualTo(Outcome.RECOGNISED);
    }

    @Test
    void deletingTheSeriesDeletesEveryOpenOne() {
        twoOpen().deleted("t-1");
        assertThat(history.news("publish")).endsWith("publish t-1 v4 deleted", "publish " + SECOND + " v2 deleted");

        history.updated("t-1", "'title':'x'").updated(SECOND, "'title':'x'").deleted("t-1");
        assertThat(history.news("reject")).containsExactly("reject task_deleted @4", "reject task_deleted @5");
        assertThat(history.at("12-02 09:01").news("announce", "remind")).isEmpty();
        assertThat(history.state()).isNull();
    }

    @Test
    void theSeriesOutlivesItsDeletedFirstOccurrence() {
        daily().deleted("t-1~20261201T100000").news();

        history.updated("t-1", "'title':'New'");
        assertThat(history.news()).containsExactly("publish t-1 v3 deleted", "publish " + SECOND + " v2 open");
        assertThat(title(SECOND)).isEqualTo("New");

        history.completed("t-1").reopened("t-1").snoozed("t-1", 5).created("t-1");
        assertThat(history.news()).hasSize(4).allMatch(line -> line.startsWith("reject task_deleted"));

        history.deleted("t-1");
        assertThat(history.news()).containsExactly("publish t-1 v4 deleted", "publish " + SECOND + " v3 deleted");
        history.deleted("t-1");
        assertThat(history.outcome()).isEqualTo(Outcome.NO_EFFECT);
    }

    @Test
    void theSeriesIsDeletedAfterItsFirstWasCompleted() {
        daily().completed("t-1").deleted("t-1");

        assertThat(history.news("publish")).endsWith("publish t-1 v3 deleted", "publish " + SECOND + " v2 deleted");
    }

    @Test
    void withoutRecurrenceTheOpenOnesStay() {
        twoOpen().updated("t-1", "'recurrence':null").completed("t-1").completed(SECOND);
        assertThat(history.news("announce")).hasSize(1);
        assertThat(history.view("t-1").fields().recurrence()).isNull();

        assertThat(history.at("12-02 09:01").state()).isNull();
    }

    @Test
    void anEndedSeriesIsStillEditedAndDeletedAsOne() {
        twoOpen().updated("t-1", "'recurrence':null").completed("t-1").updated("t-1", "'title':'New'");
        assertThat(title("t-1")).isEqualTo("New");
        assertThat(title(SECOND)).isEqualTo("New");

        history.deleted("t-1");
        assertThat(history.view(SECOND).status()).hasToString("DELETED");
    }

    @Test
    void aSeriesAtItsEndIsNotBegunAgainByADueDate() {
        history.created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00','time_zone':'UTC','recurrence':{'rule':'FREQ=DAILY;COUNT=1'}")
                .completed("t-1")
                .updated("t-1", "'due_at':'2026-12-05T10:00:00'")
                .updated("t-1", "'title':'Once'");

        assertThat(history.news("announce")).isEmpty();
        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("12-05 10:00"));

        history.updated("t-1", "'recurrence':{'every':'weekly'},'due_at':'2026-12-08T10:00:00'");
        assertThat(history.news("announce")).containsExactly("announce t-1~20261208T100000");
        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("12-05 10:00"));
    }

    @Test
    void aTaskBeginsToRecur() {
        history.created("t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'")
                .updated("t-1", "'recurrence':{'every':'weekly'}")
                .completed("t-1");

        assertThat(history.view("t-1").seriesId()).isEqualTo("t-1");
        assertThat(history.news("announce")).containsExactly("announce t-1~20261208T100000");
    }

    @Test
    void aCompletedTaskThatBeginsToRecurGetsItsNextOccurrenceAtOnce() {
        history.created("t-1", "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'")
                .completed("t-1")
                .updated("t-1", "'recurrence':{'every':'weekly'}");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261208T100000");
    }

    @Test
    void aCompletedTaskWithoutDueDateBeginsToRecur() {
        history.created("t-1")
                .completed("t-1")
                .updated("t-1", "'recurrence':{'every':'weekly'},'due_at':'2026-12-03T10:00:00','time_zone':'UTC'");

        assertThat(history.news("announce")).containsExactly("announce t-1~20261210T100000");
    }

    @Test
    void aChangedZoneMovesTheWholeSeries() {
        twoOpen().updated("t-1", "'time_zone':'Europe/Paris'").completed(SECOND);

        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("09:00"));
        assertThat(history.view(SECOND).dueAt()).isEqualTo(History.millis("12-02 09:00"));
        assertThat(history.view(THIRD).dueAt()).isEqualTo(History.millis("12-03 09:00"));
    }

    @Test
    void aTimeThatComesTwiceIsTheSecondWhenSoAsked() {
        history.at(History.millis("2026-10-23T09:00"))
                .created(
                        "t-1",
                        "'due_at':'2026-10-24T02:30:00','time_zone':'Europe/Paris'",
                        "'recurrence':{'every':'daily','dst_overlap':'second'}")
                .completed("t-1")
                .at(History.millis("2026-10-26T00:00"));

        assertThat(history.news("remind")).containsExactly("remind t-1~20261025T023000 10-25 01:30 -0");
        assertThat(history.completed("t-1~20261025T023000").news("announce")).endsWith("announce t-1~20261026T023000");
    }

    @Test
    void anInstantInARepeatedHourIsNotMovedEarlier() {
        history.at(History.millis("2026-10-23T09:00"))
                .created(
                        "t-1",
                        "'due_at':'2026-10-25T02:30:00+01:00','time_zone':'Europe/Paris'",
                        "'recurrence':{'every':'daily'}");

        assertThat(history.view("t-1").dueAt()).isEqualTo(History.millis("2026-10-25T01:30"));
        assertThat(history.view("t-1").recurrenceId()).isEqualTo("20261025T023000");
    }

    private String title(String taskId) {
        return title(history, taskId);
    }

    private static String title(History history, String taskId) {
        return history.view(taskId).fields().title();
    }

    @Test
    void anEndBeforeTheStartIsRefusedWhenGivenButADueDateMayMoveBeyondIt() {
        History history = new History()
                .at("09:00")
                .created(
                        "t-1",
                        "'due_at':'2026-12-01T10:00:00','time_zone':'UTC'",
                        "'recurrence':{'rule':'FREQ=DAILY;UNTIL=20261202'}");
        history.news();

        history.updated("t-1", "'due_at':'2026-12-05T10:00:00'");
        assertThat(history.news("reject")).isEmpty();
        history.updated("t-1", "'recurrence':{'rule':'FREQ=DAILY;UNTIL=20261203'}");
        assertThat(history.news("reject")).hasSize(1).first().asString().startsWith("reject invalid_recurrence");
    }
}
