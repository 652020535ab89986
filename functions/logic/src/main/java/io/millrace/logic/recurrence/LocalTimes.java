package io.millrace.logic.recurrence;

import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/** What a date and time on the wall clock of a zone means as an instant. */
public final class LocalTimes {

    private LocalTimes() {}

    /** With the defaults of RFC 5545 §3.3.5: {@link DstGap#SHIFT} and {@link DstOverlap#FIRST}. Never null. */
    public static Instant resolve(LocalDateTime local, ZoneId zone) {
        return resolve(local, zone, DstGap.SHIFT, DstOverlap.FIRST);
    }

    /**
     * A local time that does not exist is read with the offset before the gap, so it moves forward by the length of the
     * gap, or is left out; one that comes twice is the first or the second.
     *
     * @return null for a local time in a gap with {@link DstGap#SKIP}
     */
    public static Instant resolve(LocalDateTime local, ZoneId zone, DstGap gap, DstOverlap overlap) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return switch (offsets.size()) {
            case 1 -> local.toInstant(offsets.get(0));
            case 0 ->
                gap == DstGap.SKIP
                        ? null
                        : local.toInstant(rules.getTransition(local).getOffsetBefore());
            default -> local.toInstant(offsets.get(overlap == DstOverlap.FIRST ? 0 : 1));
        };
    }
}
