package io.millrace.simulation;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.OverflowedIds;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;

/** What decides in a simulated job: {@link TaskDecider}, or in tests of the simulation one with a defect. */
interface Decisions {

    Decision<Series, Outcome, TaskCommand> decide(
            SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed);

    Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time);

    static Decisions of(TaskSettings settings) {
        TaskDecider decider = new TaskDecider(settings);
        return new Decisions() {
            @Override
            public Decision<Series, Outcome, TaskCommand> decide(
                    SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                return decider.decide(key, state, incoming, overflowed);
            }

            @Override
            public Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time) {
                return decider.wake(key, state, time);
            }
        };
    }
}
