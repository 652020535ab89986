package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;

/** A duration, as the language writes it: an object of days to milliseconds, or ISO 8601. */
public record Period(Template value) {
    /** Ten years; more is no duration but a mistake. */
    static final long MAX_MILLIS = 3_660L * 24 * 3_600 * 1_000;

    private static final String[] UNITS = {"days", "hours", "minutes", "seconds", "milliseconds"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** @throws FormulaException when it is none, or longer than ten years */
    public long millis(JsonNode input, Scope scope) throws FormulaException {
        return millisOf(value.fill(input, scope));
    }

    /** @throws FormulaException when it is none, or longer than ten years */
    static long millisOf(JsonNode duration) throws FormulaException {
        long millis = duration.isObject() ? ofUnits(duration) : ofText(duration);
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new FormulaException("a duration must be from 0 to 3660 days");
        }
        return millis;
    }

    private static long ofUnits(JsonNode duration) throws FormulaException {
        long sum = 0;
        int known = 0;
        for (int i = 0; i < UNITS.length; i++) {
            JsonNode units = duration.get(UNITS[i]);
            if (units != null) {
                known++;
                if (!units.canConvertToExactIntegral() || !units.canConvertToLong() || units.asLong() < 0) {
                    throw new FormulaException(UNITS[i] + " of a duration must be a whole number from 0");
                }
                sum += Math.min(units.asLong(), MAX_MILLIS / MILLIS[i] + 1) * MILLIS[i];
            }
        }
        if (known == 0 || known < duration.size()) {
            throw new FormulaException(
                    "a duration has days, hours, minutes, seconds and milliseconds, and nothing else");
        }
        return sum;
    }

    private static long ofText(JsonNode duration) throws FormulaException {
        try {
            return Duration.parse(duration.textValue() == null ? "" : duration.textValue())
                    .toMillis();
        } catch (DateTimeException | ArithmeticException e) {
            throw new FormulaException(
                    "a duration is an object such as {\"seconds\": 5}, or ISO 8601 of days, hours, minutes and seconds"
                            + " such as \"PT5S\"",
                    e);
        }
    }
}
