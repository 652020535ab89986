package io.millrace.logic.recurrence;

import java.time.LocalDateTime;
import java.time.Month;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The RRULE that {@code every} stands for. */
final class EveryRule {

    static final List<String> WORDS = List.of("daily", "weekly", "monthly", "yearly");

    private EveryRule() {}

    /**
     * An RRULE passes over months without its day; {@code every} means their last day instead, which BYSETPOS picks
     * from the days at the month's end.
     *
     * @throws InvalidRecurrenceException for any other word
     */
    static String rruleOf(String word, LocalDateTime start, String field) {
        int day = start.getDayOfMonth();
        return switch (word) {
            case "daily" -> "FREQ=DAILY";
            case "weekly" -> "FREQ=WEEKLY";
            case "monthly" -> day <= 28 ? "FREQ=MONTHLY" : "FREQ=MONTHLY;" + lastOf28To(day);
            case "yearly" ->
                start.getMonth() == Month.FEBRUARY && day == 29
                        ? "FREQ=YEARLY;BYMONTH=2;" + lastOf28To(29)
                        : "FREQ=YEARLY";
            default ->
                throw new InvalidRecurrenceException(
                        field, "is one of " + String.join(", ", WORDS) + ", not '" + word + "'");
        };
    }

    private static String lastOf28To(int day) {
        return IntStream.rangeClosed(28, day)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "BYMONTHDAY=", ";BYSETPOS=-1"));
    }
}
