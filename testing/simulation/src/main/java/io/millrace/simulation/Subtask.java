package io.millrace.simulation;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.dedup.RecentIds;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Reminder;
import java.util.List;
import java.util.function.Consumer;

/** One parallel part of the job: remembers its series and carries out what is decided, as the job's operator does. */
final class Subtask {
    /** As in the job's defaults. */
    static final long REMINDER_CATCH_UP = 24 * 3_600_000L;

    private static final long LATE_AFTER = 60_000;

    private final StateStore store;
    private final Decisions decisions;
    private final TaskSettings settings;
    private final Consumer<Output> outputs;
    private final Trace trace;

    Subtask(StateStore store, Decisions decisions, TaskSettings settings, Consumer<Output> outputs, Trace trace) {
        this.store = store;
        this.decisions = decisions;
        this.settings = settings;
        this.outputs = outputs;
        this.trace = trace;
    }

    StateStore store() {
        return store;
    }

    /** @param wallClock milliseconds since the epoch */
    void take(IncomingTask incoming, long wallClock) {
        SeriesKey key = SeriesKey.of(incoming.event());
        String encoded = key.encoded();
        Series before = store.read(encoded);
        Decision<Series, Outcome, TaskCommand> decision =
                decisions.decide(key, before, incoming, id -> store.overflowedAt(encoded, id));
        trace.mix(decision.effect().ordinal());
        trace.note(() -> Texts.read(incoming, decision.effect()));
        remember(encoded, before, decision.state());
        carryOut(encoded, decision, wallClock);
    }

    /** Releases wake-ups up to {@code until}, at most so many. */
    int release(long until, int most, long wallClock) {
        int released = 0;
        while (released < most && !store.wakes.isEmpty() && store.wakes.first().time() <= until) {
            StateStore.Wake wake = store.wakes.pollFirst();
            wake(wake.key(), wake.time(), wallClock);
            released++;
        }
        return released;
    }

    private void wake(String encoded, long time, long wallClock) {
        Series before = store.read(encoded);
        if (before == null) {
            return;
        }
        Decision<Series, Outcome, TaskCommand> decision = decisions.wake(SeriesKey.decode(encoded), before, time);
        trace.mix(Outcome.WOKEN.ordinal());
        trace.note(() -> Texts.woken(encoded, time, wallClock));
        remember(encoded, before, decision.state());
        long next = decision.state() == null ? Long.MAX_VALUE : decision.state().nextWake(settings);
        if (next <= time) {
            throw new IllegalStateException(
                    "a wake-up that comes again and again: " + Texts.woken(encoded, time, wallClock));
        }
        if (next < Long.MAX_VALUE) {
            store.wakes.add(new StateStore.Wake(next, encoded));
        }
        carryOut(encoded, decision, wallClock);
    }

    private void remember(String key, Series before, Series after) {
        if (after == before) {
            return;
        }
        store.write(key, after);
        long wakeBefore = before == null ? Long.MAX_VALUE : before.nextWake(settings);
        long wakeAfter = after == null ? Long.MAX_VALUE : after.nextWake(settings);
        if (wakeBefore != wakeAfter) {
            if (wakeBefore < Long.MAX_VALUE) {
                store.wakes.remove(new StateStore.Wake(wakeBefore, key));
            }
            if (wakeAfter < Long.MAX_VALUE) {
                store.wakes.add(new StateStore.Wake(wakeAfter, key));
            }
        }
    }

    private void carryOut(String key, Decision<Series, Outcome, TaskCommand> decision, long wallClock) {
        List<TaskCommand> commands = decision.commands();
        for (int i = 0; i < commands.size(); i++) {
            TaskCommand command = commands.get(i);
            if (command instanceof TaskCommand.Overflow overflow) {
                RecentIds ids = overflow.ids();
                for (int each = 0; each < ids.size(); each++) {
                    store.overflow(key, ids.id(each), ids.time(each));
                }
            } else if (command instanceof TaskCommand.ForgetOverflow forget) {
                store.forgetOverflowed(key, forget.time());
            } else {
                outputs.accept(new Output(command, wallClock, isTooLate(command, wallClock)));
            }
        }
    }

    private static boolean isTooLate(TaskCommand command, long wallClock) {
        if (!(command instanceof TaskCommand.Remind remind)) {
            return false;
        }
        Reminder reminder = remind.reminder();
        long lateness = Math.max(0, wallClock - reminder.remindAt());
        long useful = reminder.catchUpMillis() >= 0 ? reminder.catchUpMillis() : REMINDER_CATCH_UP;
        return lateness > useful && lateness > LATE_AFTER;
    }
}
