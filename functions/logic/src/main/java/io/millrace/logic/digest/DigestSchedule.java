package io.millrace.logic.digest;

import io.millrace.logic.recurrence.InvalidRecurrenceException;
import io.millrace.logic.recurrence.Occurrence;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.wire.Zones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The times of digests, by a cron expression, in the time zone of whoever is told. Not thread-safe. */
public final class DigestSchedule {
    /** Zones whose schedule is kept ready. */
    private static final int MAX_READY = 1_000;

    /** Before any time that is asked for. */
    private static final LocalDateTime START = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final String cron;
    private final ZoneId defaultZone;
    private final Map<ZoneId, RecurrenceSchedule> ready = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param cron of five fields, as docs/tasks.md describes it
     * @param defaultZone of people whose tasks have none
     * @throws IllegalArgumentException that says what is wrong with one of the two
     */
    public DigestSchedule(String cron, String defaultZone) {
        this.cron = cron;
        try {
            this.defaultZone = Zones.named(defaultZone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("time-zone: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException naming the one of the two that is wrong, as the constructor has them */
    public static void check(String cron, String defaultZone) {
        DigestSchedule schedule = new DigestSchedule(cron, defaultZone);
        try {
            schedule.in(schedule.defaultZone);
        } catch (InvalidRecurrenceException e) {
            throw new IllegalArgumentException(e.getMessage().replace(e.field(), "schedule"), e);
        }
    }

    /** @param name null for the default */
    ZoneId zone(String name) {
        return name == null ? defaultZone : Zones.of(name);
    }

    /**
     * The first time of the schedule after {@code time}, both milliseconds since the epoch; {@link Long#MAX_VALUE} when
     * there is none.
     *
     * @param zone null for the default
     */
    long after(long time, String zone) {
        Occurrence next = in(zone(zone)).next(START, Instant.ofEpochMilli(time + 1));
        return next == null ? Long.MAX_VALUE : next.due().toEpochMilli();
    }

    private RecurrenceSchedule in(ZoneId zone) {
        RecurrenceSchedule schedule = ready.get(zone);
        if (schedule == null) {
            schedule = RecurrenceSchedule.compile(Recurrence.of(Recurrence.Kind.CRON, cron), START, zone);
            ready.put(zone, schedule);
            if (ready.size() > MAX_READY) {
                ready.remove(ready.keySet().iterator().next());
            }
        }
        return schedule;
    }
}
