package io.millrace.simulation;

import io.millrace.logic.task.Decision;
import io.millrace.logic.task.OverflowedIds;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;

/** What decides in a simulated job: {@link TaskDecider}, or in tests of the simulation one with a defect. */
interface Decisions {

    Decision decide(SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed);

    Decision wake(SeriesKey key, Series state, long time);

    static Decisions of(TaskSettings settings) {
        TaskDecider decider = new TaskDecider(settings);
        return new Decisions() {
            @Override
            public Decision decide(SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                return decider.decide(key, state, incoming, overflowed);
            }

            @Override
            public Decision wake(SeriesKey key, Series state, long time) {
                return decider.wake(key, state, time);
            }
        };
    }
}
