package io.millrace.auditor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The reminders that a task's events armed: all of them, and those that a later event can still change. */
final class ArmedReminders {
    private final List<Expectation> all = new ArrayList<>();
    private final List<Expectation> live = new ArrayList<>();

    void add(Expectation made) {
        all.add(made);
        live.add(made);
    }

    List<Expectation> all() {
        return all;
    }

    List<Expectation> live() {
        return live;
    }

    /** What was to go out before that time, epoch milliseconds, nothing can change any more. */
    void settle(long before) {
        live.removeIf(each -> each.releaseAt() < before);
    }

    /** Nothing can change any of them any more. */
    void forget() {
        live.clear();
    }

    /** @param now log time of the cancelling event, epoch milliseconds */
    void cancel(Predicate<Expectation> which, long now, EventRecord by) {
        for (Iterator<Expectation> each = live.iterator(); each.hasNext(); ) {
            Expectation one = each.next();
            if (which.test(one)) {
                one.cancel(now, by);
                each.remove();
            }
        }
    }
}
