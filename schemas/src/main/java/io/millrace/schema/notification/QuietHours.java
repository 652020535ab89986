package io.millrace.schema.notification;

import io.millrace.schema.event.Field;
import io.millrace.schema.task.Priority;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hours of the day in which nothing is told but what is urgent.
 *
 * @param from of the clock, {@code HH:MM}
 * @param to exclusive; before {@code from} for hours over midnight
 * @param except priorities that are told all the same
 */
public record QuietHours(
        @Field(title = "From", description = "HH:MM.", min = 5, max = 5, example = "\"22:00\"") String from,
        @Field(
                        title = "To",
                        description = "HH:MM; earlier than `from` for hours over midnight.",
                        min = 5,
                        max = 5,
                        example = "\"07:00\"")
                String to,
        @Field(
                        title = "Except",
                        description = "Priorities of which is told all the same.",
                        max = 4,
                        optional = true,
                        example = "[\"P1\"]")
                List<Priority> except) {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    /** @throws IllegalArgumentException naming the field that is wrong */
    public QuietHours {
        requireTime("from", from);
        requireTime("to", to);
        if (from.equals(to)) {
            throw new IllegalArgumentException("to: is " + to + " as from is; without quiet hours leave both away");
        }
        except = except == null ? List.of() : List.copyOf(except);
    }

    static void requireTime(String field, String time) {
        if (time == null || !TIME.matcher(time).matches()) {
            throw new IllegalArgumentException(field + ": must be a time of the day, such as 07:30");
        }
    }
}
