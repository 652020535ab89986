package io.millrace.schema.task;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the object {@code recurrence} of a task event. */
final class RecurrenceReader {
    private static final int MAX_EXPRESSION = 1_000;
    private static final int MAX_RULE = MAX_EXPRESSION + "RRULE:".length();
    private static final int MAX_WORD = 100;
    private static final int MAX_DATES = 500;
    private static final Duration MAX_CATCH_UP = Duration.ofDays(366);
    /** ISO 8601 without years and months, whose length varies, and without fractions. */
    private static final Pattern DURATION =
            Pattern.compile("P(?=.)(?:(\\d{1,9})D)?(?:T(?=.)(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");

    private static final int RULE = 1;
    private static final int CRON = 1 << 1;
    private static final int EVERY = 1 << 2;
    private static final int DTSTART = 1 << 3;
    private static final int EXDATES = 1 << 4;
    private static final int RDATES = 1 << 5;
    private static final int NEXT = 1 << 6;
    private static final int OVERLAP = 1 << 7;
    private static final int CATCH_UP = 1 << 8;
    private static final int DST_GAP = 1 << 9;
    private static final int DST_OVERLAP = 1 << 10;

    private int given;
    /** How many of rule, cron and every have a value. */
    private int kinds;

    private Recurrence.Kind kind;
    private String expression;
    private LocalDateTime dtstart;
    private List<LocalDateTime> exdates = List.of();
    private List<LocalDateTime> rdates = List.of();
    private Recurrence.Next next = Recurrence.Next.ON_COMPLETION;
    private Recurrence.Overlap overlap = Recurrence.Overlap.ALLOW;
    private Duration catchUp;
    private Recurrence.DstGap dstGap = Recurrence.DstGap.SHIFT;
    private Recurrence.DstOverlap dstOverlap = Recurrence.DstOverlap.FIRST;

    static Recurrence read(JsonEvent json) throws IOException, RejectedEventException {
        RecurrenceReader reader = new RecurrenceReader();
        json.object("recurrence", reader::readField);
        return reader.finish();
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        String field = "recurrence." + name;
        switch (name) {
            case "rule" -> {
                if (present(RULE, field, json)) {
                    expression(Recurrence.Kind.RULE, json.string(field, 1, MAX_RULE));
                }
            }
            case "cron" -> {
                if (present(CRON, field, json)) {
                    expression(Recurrence.Kind.CRON, json.string(field, 1, MAX_EXPRESSION));
                }
            }
            case "every" -> {
                if (present(EVERY, field, json)) {
                    expression(Recurrence.Kind.EVERY, oneOf(field, json, "daily", "weekly", "monthly", "yearly"));
                }
            }
            case "dtstart" -> {
                if (present(DTSTART, field, json)) {
                    dtstart = local(field, json);
                }
            }
            case "exdates" -> {
                if (present(EXDATES, field, json)) {
                    exdates = locals(field, json);
                }
            }
            case "rdates" -> {
                if (present(RDATES, field, json)) {
                    rdates = locals(field, json);
                }
            }
            case "next" -> {
                if (present(NEXT, field, json)) {
                    next = option(Recurrence.Next.class, oneOf(field, json, "on_completion", "on_schedule"));
                }
            }
            case "overlap" -> {
                if (present(OVERLAP, field, json)) {
                    overlap = option(Recurrence.Overlap.class, oneOf(field, json, "allow", "skip", "replace"));
                }
            }
            case "catch_up" -> {
                if (present(CATCH_UP, field, json)) {
                    catchUp = duration(field, json);
                }
            }
            case "dst_gap" -> {
                if (present(DST_GAP, field, json)) {
                    dstGap = option(Recurrence.DstGap.class, oneOf(field, json, "shift", "skip"));
                }
            }
            case "dst_overlap" -> {
                if (present(DST_OVERLAP, field, json)) {
                    dstOverlap = option(Recurrence.DstOverlap.class, oneOf(field, json, "first", "second"));
                }
            }
            default -> {
                // Unknown fields are ignored.
            }
        }
    }

    private Recurrence finish() throws RejectedEventException {
        if (kinds != 1) {
            throw new RejectedEventException(
                    kinds == 0 ? ErrorCode.MISSING_FIELD : ErrorCode.INVALID_VALUE,
                    "recurrence: needs exactly one of rule, cron and every, has " + kinds);
        }
        return new Recurrence(kind, expression, dtstart, exdates, rdates, next, overlap, catchUp, dstGap, dstOverlap);
    }

    /** Notes that the field is given; false when it is null, which is as if it were absent. */
    private boolean present(int bit, String field, JsonEvent json) throws RejectedEventException {
        if ((given & bit) != 0) {
            throw json.duplicate(field);
        }
        given |= bit;
        return !json.isNull();
    }

    private void expression(Recurrence.Kind newKind, String text) {
        kinds++;
        kind = newKind;
        expression = text;
    }

    private static <E extends Enum<E>> E option(Class<E> type, String wireName) {
        return Enum.valueOf(type, wireName.toUpperCase(Locale.ROOT));
    }

    private static String oneOf(String field, JsonEvent json, String... allowed)
            throws IOException, RejectedEventException {
        String text = json.string(field, 0, MAX_WORD);
        for (String candidate : allowed) {
            if (candidate.equals(text)) {
                return candidate;
            }
        }
        throw json.invalid(field, "must be one of " + String.join(", ", allowed) + ", is \"" + text + "\"");
    }

    private static LocalDateTime local(String field, JsonEvent json) throws IOException, RejectedEventException {
        IsoDateTimes.Parsed parsed = json.dateTime(field);
        if (parsed.hasOffset()) {
            throw json.invalid(field, "must be a local date-time, without an offset");
        }
        return parsed.local();
    }

    private static List<LocalDateTime> locals(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isArray()) {
            throw json.wrongType(field, "an array");
        }
        List<LocalDateTime> dates = new ArrayList<>();
        while (json.nextElement()) {
            if (dates.size() == MAX_DATES) {
                throw json.invalid(field, "must have at most " + MAX_DATES + " dates");
            }
            dates.add(local(field + "[" + dates.size() + "]", json));
        }
        return List.copyOf(dates);
    }

    private static Duration duration(String field, JsonEvent json) throws IOException, RejectedEventException {
        String text = json.string(field, 1, 64);
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            throw json.invalid(
                    field, "expected an ISO 8601 duration in days, hours, minutes and seconds, such as PT12H or P7D");
        }
        Duration parsed = Duration.ofDays(number(match, 1))
                .plusHours(number(match, 2))
                .plusMinutes(number(match, 3))
                .plusSeconds(number(match, 4));
        if (parsed.compareTo(MAX_CATCH_UP) > 0) {
            throw json.invalid(field, "must be between PT0S and P366D");
        }
        return parsed;
    }

    private static long number(Matcher match, int group) {
        return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
    }
}
