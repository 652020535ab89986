package io.millrace.logic.task;

import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.Recurrence;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The schedules that were asked last, by what they are made of: to ask one again does not compile it again. One that is
 * ready answers as a new one would, so that no decision depends on which are. Not thread-safe.
 */
final class ReadySchedules {
    /** The largest, with all the dates that a recurrence may have, takes some 100 KB. */
    static final int MAX_READY = 64;

    private final Map<Key, Ready> ready = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(Recurrence recurrence, LocalDateTime anchor, ZoneId zone) {}

    /** @param given whether it is one that may be given, and not only followed */
    private record Ready(RecurrenceSchedule schedule, boolean given) {}

    /** As {@link RecurrenceSchedule#compile}. */
    RecurrenceSchedule followed(Recurrence recurrence, LocalDateTime anchor, ZoneId zone) {
        Key key = new Key(recurrence, anchor, zone);
        Ready known = ready.get(key);
        return known != null
                ? known.schedule()
                : keep(key, new Ready(RecurrenceSchedule.compile(recurrence, anchor, zone), false));
    }

    /** As {@link RecurrenceSchedule#compileGiven}. */
    RecurrenceSchedule given(Recurrence recurrence, LocalDateTime anchor, ZoneId zone) {
        Key key = new Key(recurrence, anchor, zone);
        Ready known = ready.get(key);
        return known != null && known.given()
                ? known.schedule()
                : keep(key, new Ready(RecurrenceSchedule.compileGiven(recurrence, anchor, zone), true));
    }

    private RecurrenceSchedule keep(Key key, Ready schedule) {
        ready.put(key, schedule);
        if (ready.size() > MAX_READY) {
            ready.remove(ready.keySet().iterator().next());
        }
        return schedule.schedule();
    }
}
