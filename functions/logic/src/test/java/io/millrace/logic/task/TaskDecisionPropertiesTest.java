package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.recurrence.RecurrenceIds;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Laws of all histories. {@link History} itself checks of every decision that no reminder is early or sent twice, that
 * versions go up by one, that the state's encoding is faithful, and that wake-ups lead somewhere.
 */
class TaskDecisionPropertiesTest {
    private static final String ZONED = "'time_zone':'Europe/Paris',";
    private static final String DUE = "'due_at':'2026-12-01T10:00:00',";

    private static final List<String> CREATIONS = List.of(
            "'priority':'P1'",
            "'due_at':'2026-12-01T12:00:00Z','remind_before_minutes':[90,0]",
            ZONED + DUE + "'recurrence':{'every':'daily'}",
            ZONED + DUE + "'recurrence':{'every':'daily','catch_up':'P3D'}",
            ZONED + DUE + "'remind_before_minutes':[60,0],'recurrence':{'every':'daily','next':'on_schedule'}",
            ZONED + DUE + "'recurrence':{'every':'daily','next':'on_schedule','overlap':'skip'}",
            ZONED + DUE + "'recurrence':{'rule':'FREQ=HOURLY;INTERVAL=7','next':'on_schedule','overlap':'replace'}",
            ZONED + DUE + "'recurrence':{'rule':'FREQ=DAILY;COUNT=3'}",
            ZONED + DUE + "'recurrence':{'rule':'FREQ=DAILY;COUNT=3','next':'on_schedule'}",
            ZONED + "'due_at':'2026-12-01T10:00:00Z','recurrence':{'every':'daily'}");

    private static final List<String> EDITS = List.of(
            "'title':'Edited'",
            "'priority':null,'tags':['a']",
            "'due_at':'2026-12-02T15:00:00Z'",
            "'due_at':'2026-12-03T08:00:00'",
            "'due_at':null",
            "'remind_before_minutes':[1440,30]",
            "'remind_before_minutes':[]",
            "'time_zone':'America/New_York'",
            "'time_zone':null",
            "'recurrence':null",
            "'recurrence':{'every':'weekly'}",
            "'recurrence':{'cron':'0 */5 * * *','next':'on_schedule'}",
            "'recurrence':{'cron':'0 9 * * MON-FRI','next':'on_schedule','overlap':'replace'},'time_zone':'UTC'",
            "'recurrence':{'every':'daily','dtstart':'2026-12-02T07:00:00'},'due_at':'2026-12-02T09:00:00Z'",
            "'recurrence':{'rule':'FREQ=NONSENSE'}");

    private static final List<String> EVENTS = List.of(
            "task.created",
            "task.updated",
            "task.updated",
            "task.updated",
            "task.completed",
            "task.completed",
            "task.completed",
            "task.reopened",
            "task.deleted",
            "reminder.snoozed");

    /**
     * One event, or the last one again.
     *
     * @param minutes since the event before
     * @param late whether it occurred ten minutes before it was logged
     * @param target which of the tasks there are; 0 for the root's id, 1 for the first occurrence's own
     */
    record Step(int minutes, boolean late, String type, int target, int variant) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> minutes = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 3)),
                Tuple.of(4, Arbitraries.integers().between(10, 300)),
                Tuple.of(2, Arbitraries.integers().between(600, 3000)));
        Arbitrary<Step> steps = Combinators.combine(
                        minutes,
                        Arbitraries.of(true, false),
                        Arbitraries.of(EVENTS),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new);
        return steps.list().ofMinSize(1).ofMaxSize(25);
    }

    /** Whether a timer passes a moment or the record after it: the decisions are the same. */
    @Property(tries = 500)
    void timersAndRecordsDecideAlike(
            @ForAll("histories") List<Step> steps, @ForAll @IntRange(max = 9) int creation, @ForAll int whichTimers) {
        History byTimers = tell(new History(), steps, creation);
        History byRecords = retell(new History(), byTimers, -1, whichTimers);

        long end = byTimers.now() + 3L * 24 * 3600 * 1000;
        byTimers.wake(end);
        byRecords.wake(end);

        assertThat(byRecords.comparableCommands()).isEqualTo(byTimers.comparableCommands());
        assertSameState(byRecords, byTimers);
        assertThat(byRecords.overflowed()).isEqualTo(byTimers.overflowed());
    }

    @Property(tries = 500)
    void aRestoredStateDecidesAlike(
            @ForAll("histories") List<Step> steps,
            @ForAll @IntRange(max = 9) int creation,
            @ForAll @IntRange(max = 25) int savepoint) {
        History straight = tell(new History(), steps, creation);
        History restored = retell(new History(), straight, savepoint, -1);

        assertThat(restored.comparableCommands()).isEqualTo(straight.comparableCommands());
        assertSameState(restored, straight);
    }

    /** Every state that only time can change reaches an end: forgotten, or waiting for an event. */
    @Property(tries = 500)
    void wakeUpsEnd(@ForAll("histories") List<Step> steps, @ForAll @IntRange(max = 9) int creation) {
        History history = tell(new History(), steps, creation);

        history.event("task.updated", History.ROOT, "'recurrence':null").wake(Long.MAX_VALUE - 1);

        assertThat(history.state() == null || history.state().isLive()).isTrue();
        if (history.state() != null) {
            assertThat(history.state().nextWake(TaskSettings.DEFAULTS)).isEqualTo(Long.MAX_VALUE);
            assertThat(history.state().pendingReminders()).isZero();
        }
    }

    private static History tell(History history, List<Step> steps, int creation) {
        long time = History.millis("08:00");
        history.at(time).created(History.ROOT, CREATIONS.get(creation));
        for (Step step : steps) {
            time += step.minutes() * 60_000L;
            history.at(time);
            if (step.minutes() == 1) {
                history.again(history.records().get(history.records().size() - 1));
                continue;
            }
            String taskId = target(history, step.target());
            boolean occurrence = taskId.contains("~");
            String[] fields =
                    switch (step.type()) {
                        case "task.created" ->
                            new String[] {
                                "'title':'Again'",
                                occurrence ? "'priority':'P1'" : CREATIONS.get(step.variant() % CREATIONS.size())
                            };
                        case "task.updated" ->
                            new String[] {EDITS.get(step.variant() % (occurrence ? 9 : EDITS.size()))};
                        case "reminder.snoozed" ->
                            new String[] {
                                step.variant() % 2 == 0
                                        ? "'snooze_minutes':" + (1 + step.variant())
                                        : "'snooze_until':'2026-12-02T09:30:00'"
                            };
                        default -> new String[0];
                    };
            history.late(step.late() ? 600 : 0).event(step.type(), taskId, fields);
        }
        return history;
    }

    private static String target(History history, int target) {
        Series state = history.state();
        if (target == 0
                || state == null
                || state.tasks().isEmpty()
                || state.task(0).recurrenceId() == null) {
            return History.ROOT;
        }
        // Newer occurrences are the more interesting ones; one of the targets is not made yet.
        int index = target == 1 ? 0 : Math.max(0, state.tasks().size() + 2 - target);
        return index == state.tasks().size()
                ? "t-1~20261203T100000"
                : "t-1~" + RecurrenceIds.format(state.task(index).recurrenceId());
    }

    /**
     * The same records again.
     *
     * @param savepoint number of the record before which the state is restored from its encoding
     * @param timers bit set of the records before which timers fire
     */
    private static History retell(History history, History told, int savepoint, int timers) {
        List<SourceRecord> records = new ArrayList<>(told.records());
        for (int i = 0; i < records.size(); i++) {
            history.withTimers((timers >> i & 1) != 0).at(records.get(i).timestamp());
            if (i == savepoint) {
                history.restored();
            }
            history.record(records.get(i));
        }
        return history;
    }

    private static void assertSameState(History one, History other) {
        assertThat(one.state() == null).isEqualTo(other.state() == null);
        if (one.state() != null) {
            assertThat(Encoded.bytes(one.state())).isEqualTo(Encoded.bytes(other.state()));
        }
    }
}
