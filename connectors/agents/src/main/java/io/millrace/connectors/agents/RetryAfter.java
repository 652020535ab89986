package io.millrace.connectors.agents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How long an agent asks to be left alone: {@code Retry-After} (RFC 9110 §10.2.3), or in milliseconds as Azure says it.
 */
public final class RetryAfter {
    private static final List<String> IN_MILLIS = List.of("retry-after-ms", "x-ms-retry-after-ms");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

    private RetryAfter() {}

    /**
     * @param header the value of the header of a name; names are in lower case
     * @param now milliseconds since the epoch
     * @return milliseconds; 0 when the agent does not say, or not so that it can be understood
     */
    public static long millis(Function<String, Optional<String>> header, long now) {
        for (String name : IN_MILLIS) {
            Optional<String> millis =
                    header.apply(name).filter(value -> DIGITS.matcher(value).matches());
            if (millis.isPresent()) {
                return Long.parseLong(millis.get());
            }
        }
        return header.apply("retry-after").map(value -> millis(value, now)).orElse(0L);
    }

    private static long millis(String value, long now) {
        if (DIGITS.matcher(value).matches()) {
            return Long.parseLong(value) * 1000;
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return Math.max(0, date.toEpochMilli() - now);
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
