package io.millrace.auditor;

import io.millrace.schema.task.DueDate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the dates and zones of events. Each method answers null when the text is bad, and tells the verdict. */
final class DateTexts {
    private static final String LOCAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?";
    private static final Pattern WITH_OFFSET = Pattern.compile(LOCAL + "(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern WITHOUT_OFFSET = Pattern.compile(LOCAL);
    private static final Pattern DATE_LIKE = Pattern.compile("[+-]?\\d{4,9}-?\\d\\d-?\\d\\d([Tt ].*)?");
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:\\d\\d");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private DateTexts() {}

    /** A moment with an offset. */
    static Instant instant(String field, String text, Verdict verdict) {
        if (!WITH_OFFSET.matcher(text).matches()) {
            unreadable(field, text, verdict);
            return null;
        }
        try {
            return ceiling(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            verdict.bad(field + " is no date-time");
            return null;
        }
    }

    /** A moment with an offset, or a local date-time; years 1970 to 2200. */
    static DueDate due(String field, String text, Verdict verdict) {
        DueDate due;
        int year;
        if (WITHOUT_OFFSET.matcher(text).matches()) {
            try {
                LocalDateTime local = ceiling(LocalDateTime.parse(text));
                due = DueDate.local(local);
                year = local.getYear();
            } catch (DateTimeException e) {
                verdict.bad(field + " is no date-time");
                return null;
            }
        } else {
            Instant instant = instant(field, text, verdict);
            if (instant == null) {
                return null;
            }
            due = DueDate.at(instant);
            year = OffsetDateTime.parse(text).getYear();
        }
        if (year < 1969 || year > 2201) {
            verdict.bad(field + " is out of range");
        } else if (year < 1971 || year > 2199) {
            // By the year as written, or as UTC has it?
            verdict.either(field + " is at the edge of its range");
        }
        return due;
    }

    static ZoneId zone(String text, Verdict verdict) {
        try {
            ZoneId zone = ZoneId.of(text);
            if (!ZONES.contains(text) && !OFFSET.matcher(text).matches()) {
                verdict.either("time_zone is of a form the contract does not name");
            }
            return zone;
        } catch (DateTimeException e) {
            verdict.bad("time_zone is unknown");
            return null;
        }
    }

    private static void unreadable(String field, String text, Verdict verdict) {
        if (DATE_LIKE.matcher(text).matches() && !WITHOUT_OFFSET.matcher(text).matches()) {
            verdict.either(field + " is of a form the contract does not settle");
        } else {
            verdict.bad(field + " is no date-time with an offset");
        }
    }

    private static Instant ceiling(Instant moment) {
        Instant floor = moment.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(moment) ? floor : floor.plusMillis(1);
    }

    private static LocalDateTime ceiling(LocalDateTime moment) {
        LocalDateTime floor = moment.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(moment) ? floor : floor.plus(1, ChronoUnit.MILLIS);
    }
}
