package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.analytics.TaskFacts.Effect;
import io.millrace.logic.analytics.TaskFacts.State;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.TaskChange;
import io.millrace.schema.task.Priority;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskFactsTest {
    private static final long DUE = 1_000_000;
    private static final long KEEP = 10_000_000;

    private final TaskFacts facts = new TaskFacts(KEEP);
    private State state;
    private Long due = DUE;
    private long created = 100;
    private String series;

    @Test
    void aTaskThatIsCompletedInTimeIsNeverOverdue() {
        assertThat(view(1, TaskStatus.OPEN, 100)).containsExactly("created@100");
        assertThat(view(2, TaskStatus.COMPLETED, DUE))
                .containsExactly("completed@1000000", "completed_on_time@1000000");
        assertThat(facts.nextWake(state)).isEqualTo(DUE + KEEP);
        assertThat(wake()).isEmpty();
        assertThat(state).isNull();
    }

    @Test
    void aTaskIsOverdueOnceForEachDueDateThatPassed() {
        view(1, TaskStatus.OPEN, 100);
        assertThat(facts.nextWake(state)).isEqualTo(DUE);
        assertThat(wake()).containsExactly("overdue@1000000");
        assertThat(facts.nextWake(state)).isEqualTo(Long.MAX_VALUE);
        assertThat(view(2, TaskStatus.OPEN, DUE + 5)).as("another title").isEmpty();
        assertThat(facts.nextWake(state)).isEqualTo(Long.MAX_VALUE);

        due = DUE + 100;
        assertThat(view(3, TaskStatus.OPEN, DUE + 10)).isEmpty();
        assertThat(wake()).containsExactly("overdue@1000100");
        assertThat(view(4, TaskStatus.COMPLETED, DUE + 101))
                .containsExactly("completed@1000101", "completed_late@1000101");
    }

    @Test
    void aDueDateThatHadPassedWhenItWasSetIsNoneToMiss() {
        due = 50L;
        view(1, TaskStatus.OPEN, 100);
        assertThat(facts.nextWake(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatComesAgainCountsNothing() {
        view(1, TaskStatus.OPEN, 100);
        view(2, TaskStatus.COMPLETED, 200);
        assertThat(view(1, TaskStatus.OPEN, 100)).isEmpty();
        assertThat(view(2, TaskStatus.COMPLETED, 200)).isEmpty();
        assertThat(view(3, TaskStatus.COMPLETED, 300)).as("another title").isEmpty();
        assertThat(view(4, TaskStatus.OPEN, 400)).containsExactly("reopened@400");
        assertThat(view(5, TaskStatus.COMPLETED, 500)).hasSize(2);
        assertThat(view(6, TaskStatus.DELETED, 600)).containsExactly("deleted@600");
        assertThat(view(7, TaskStatus.DELETED, 700)).isEmpty();
    }

    @Test
    void ofATaskThatIsSeenLateItsCreationCountsAndWhatItIs() {
        due = null;
        assertThat(view(9, TaskStatus.COMPLETED, 900)).containsExactly("created@100", "completed@900");
        created = 1_000;
        assertThat(view(1, TaskStatus.OPEN, 1_000)).as("the id is taken again").containsExactly("created@1000");
        created = 100;
        assertThat(view(10, TaskStatus.OPEN, 2_000)).as("of the one before").isEmpty();
    }

    @Test
    void itCountsForItsPriorityEachOfItsTagsAndItsSeries() {
        series = "s-1";
        List<Fact> all = decide(1, TaskStatus.OPEN, 100).commands();
        assertThat(all)
                .extracting(Fact::table)
                .containsExactly(
                        FigureTable.TASKS, FigureTable.TASK_TAGS, FigureTable.TASK_TAGS, FigureTable.RECURRING_TASKS);
        assertThat(all)
                .extracting(Fact::dimensions)
                .containsExactly(List.of("P1"), List.of("home"), List.of("money"), List.of("s-1"));
        assertThat(all).allSatisfy(fact -> assertThat(fact.tenant()).isEqualTo("acme"));
    }

    @Test
    void whatClaimsToBeOfATimeToComeCountsForNow() {
        created = 9_000_000_000_000L;
        assertThat(view(1, TaskStatus.OPEN, 500)).containsExactly("created@503");
    }

    private List<String> view(long version, TaskStatus status, long updated) {
        return told(decide(version, status, updated));
    }

    private Decision<State, Effect, Fact> decide(long version, TaskStatus status, long updated) {
        TaskChange view = new TaskChange(
                new Envelope(new UUID(0, version), "task.changed", Instant.ofEpochMilli(updated), "acme", null, null),
                "t-1",
                series,
                version,
                status,
                Priority.P1,
                List.of("home", "money", "home"),
                due == null ? null : Instant.ofEpochMilli(due),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(updated));
        Decision<State, Effect, Fact> decision = facts.decide("acme\nt-1", state, view, updated + 3);
        state = decision.state();
        return decision;
    }

    private List<String> wake() {
        Decision<State, Effect, Fact> decision = facts.wake("acme\nt-1", state, facts.nextWake(state));
        state = decision.state();
        return told(decision);
    }

    private static List<String> told(Decision<State, Effect, Fact> decision) {
        return decision.commands().stream()
                .filter(fact -> fact.table() == FigureTable.TASKS)
                .flatMap(
                        fact -> new TreeMap<>(fact.amounts()).keySet().stream().map(figure -> figure + "@" + fact.at()))
                .toList();
    }
}
