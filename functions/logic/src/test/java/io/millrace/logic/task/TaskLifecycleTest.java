package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of states and events, cell by cell, against what is decided. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskLifecycleTest {
    private final Set<String> visited = new HashSet<>();

    @ParameterizedTest(name = "{0} × {1}: {2}")
    @CsvSource({
        "unknown,   CREATED,   APPLIED,   open,      1",
        "unknown,   UPDATED,   WAITING,   unknown,   0",
        "unknown,   COMPLETED, WAITING,   unknown,   0",
        "unknown,   REOPENED,  WAITING,   unknown,   0",
        "unknown,   DELETED,   WAITING,   unknown,   0",
        "unknown,   SNOOZED,   WAITING,   unknown,   0",
        "open,      CREATED,   task_exists,    open,      0",
        "open,      UPDATED,   APPLIED,        open,      1",
        "open,      COMPLETED, APPLIED,        completed, 1",
        "open,      REOPENED,  NO_EFFECT,      open,      0",
        "open,      DELETED,   APPLIED,        deleted,   1",
        "open,      SNOOZED,   APPLIED,        open,      1",
        "completed, CREATED,   task_exists,    completed, 0",
        "completed, UPDATED,   APPLIED,        completed, 1",
        "completed, COMPLETED, NO_EFFECT,      completed, 0",
        "completed, REOPENED,  APPLIED,        open,      1",
        "completed, DELETED,   APPLIED,        deleted,   1",
        "completed, SNOOZED,   task_completed, completed, 0",
        "skipped,   CREATED,   task_exists,    skipped,   0",
        "skipped,   UPDATED,   APPLIED,        skipped,   1",
        "skipped,   COMPLETED, APPLIED,        completed, 1",
        "skipped,   REOPENED,  APPLIED,        open,      1",
        "skipped,   DELETED,   APPLIED,        deleted,   1",
        "skipped,   SNOOZED,   task_completed, skipped,   0",
        "deleted,   CREATED,   task_deleted,   deleted,   0",
        "deleted,   UPDATED,   task_deleted,   deleted,   0",
        "deleted,   COMPLETED, task_deleted,   deleted,   0",
        "deleted,   REOPENED,  task_deleted,   deleted,   0",
        "deleted,   DELETED,   NO_EFFECT,      deleted,   0",
        "deleted,   SNOOZED,   task_deleted,   deleted,   0",
    })
    void anEventInAState(String state, TaskEventType event, String expected, String after, int versions) {
        visited.add(state + " " + event);
        History history = inState(state);
        long version = version(history);
        history.news();

        String[] fields =
                switch (event) {
                    case CREATED, UPDATED -> new String[] {"'title':'Another'"};
                    case SNOOZED -> new String[] {"'snooze_minutes':5"};
                    default -> new String[0];
                };
        history.event(event.wireName(), taskOf(state), fields);

        boolean rejected = expected.startsWith("task_");
        assertThat(history.outcome()).isEqualTo(rejected ? Outcome.REJECTED : Outcome.valueOf(expected));
        assertThat(history.news("reject"))
                .isEqualTo(
                        rejected
                                ? List.of("reject " + expected + " @"
                                        + (history.records().size() - 1))
                                : List.of());
        assertThat(version(history) - version).isEqualTo(versions);
        assertThat(status(history)).isEqualTo(after);
        assertThat(TaskLifecycle.answer(statusOf(state), event))
                .isEqualTo(expected.equals("WAITING") ? Answer.WAITS : Answer.valueOf(expected.toUpperCase()));
    }

    @AfterAll
    void everyCellWasVisited() {
        Set<String> all = new HashSet<>();
        for (TaskEventType event : TaskEventType.values()) {
            all.add("unknown " + event);
            for (TaskStatus status : TaskStatus.values()) {
                all.add(status.wireName() + " " + event);
            }
        }
        assertThat(visited).as("cells of the table").isEqualTo(all);
    }

    /** In each state the task of interest is the root, so that a skipped one needs a series that replaced it. */
    private static History inState(String state) {
        History history = new History().at("09:00");
        switch (state) {
            case "unknown" -> {}
            case "open" -> history.created("t-1");
            case "completed" -> history.created("t-1").completed("t-1");
            case "deleted" -> history.created("t-1").deleted("t-1");
            case "skipped" ->
                history.created(
                                "t-1",
                                "'due_at':'2026-12-01T09:30:00','time_zone':'UTC'",
                                "'recurrence':{'every':'daily','next':'on_schedule','overlap':'replace'}")
                        .at("12-02 10:00");
            default -> throw new IllegalArgumentException(state);
        }
        return history;
    }

    private static String taskOf(String state) {
        // The series has the id of its first occurrence, which alone is meant here.
        return state.equals("skipped") ? "t-1~20261201T093000" : "t-1";
    }

    private static TaskStatus statusOf(String state) {
        return state.equals("unknown") ? null : TaskStatus.valueOf(state.toUpperCase());
    }

    private static String status(History history) {
        return history.state() == null || history.state().tasks().isEmpty()
                ? "unknown"
                : history.state().task(0).status().wireName();
    }

    private static long version(History history) {
        return history.state() == null || history.state().tasks().isEmpty()
                ? 0
                : history.state().task(0).version();
    }

    @Test
    void aTaskIsUnknownAgainAfterItsRetention() {
        History history = new History().at("09:00").created("t-1").at("10:00").completed("t-1");

        history.at("12-02 10:00");
        assertThat(history.state()).isNotNull();
        assertThat(history.state().nextWake(TaskSettings.DEFAULTS)).isEqualTo(History.millis("12-02 10:00") + 1);
        history.at("12-02 10:01");
        assertThat(history.state()).isNull();

        history.created("t-1");
        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void anEditOfAClosedTaskKeepsItLonger() {
        History history = new History().at("09:00").created("t-1").completed("t-1");
        history.at("12-02 08:00").updated("t-1", "'title':'Late'").at("12-02 23:00");

        assertThat(history.state()).isNotNull();
        assertThat(history.at("12-03 08:01").state()).isNull();
    }

    @Test
    void aReopenedTaskFollowsEditsAgain() {
        History history = new History()
                .at("09:00")
                .created("t-1", "'due_at':'2026-12-01T12:00:00Z'")
                .completed("t-1")
                .updated("t-1", "'priority':'P1'")
                .reopened("t-1")
                .updated("t-1", "'title':'Pay the other rent'");

        assertThat(history.view("t-1").fields().title()).isEqualTo("Pay the other rent");
        assertThat(history.view("t-1").fields().priority()).hasToString("P1");
        history.at("12:00");
        assertThat(history.reminder(0).title()).isEqualTo("Pay the other rent");
    }

    @Test
    void theIdOfAViewFollowsFromItsCauseAndTask() {
        History history = new History().at("09:00").created("t-1");

        assertThat(history.view("t-1").eventId()).isEqualTo(io.millrace.schema.wire.Uuid5.of(History.id(1), "t-1"));
        assertThat(history.view("t-1").seriesId()).isNull();
        assertThat(history.view("t-1").correlationId()).isEqualTo("c-1");
    }
}
