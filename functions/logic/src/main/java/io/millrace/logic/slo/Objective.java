package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert.Severity;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.SloDefined.AlertOn;
import java.util.Map;

/**
 * How far behind a consumer group may be, and for how much of the time: what of a definition counts once it is known
 * for whom. Components are only ever appended, as it is remembered.
 *
 * @param maxLagMs null for any, as {@code maxLagRecords}
 * @param normalLagMs not more than {@code maxLagMs}; null as that is, and the same of records
 * @param target for how much of the time, of 1
 * @param severities what they are called where alerts go, by their names in small letters
 * @param owner may be null, as {@code runbook}
 */
public record Objective(
        String name,
        Long maxLagMs,
        Long normalLagMs,
        Long maxLagRecords,
        Long normalLagRecords,
        double target,
        int windowDays,
        int minSamples,
        AlertOn alert,
        Map<String, String> severities,
        String owner,
        String runbook) {

    /** What holds for a group and a topic for which nothing is defined. */
    public static final Objective DEFAULT =
            new Objective("default", null, null, 1_000L, 100L, 0.99, 28, 3, AlertOn.BREACH, Map.of(), null, null);

    private static final double DEFAULT_TARGET = 0.999;
    private static final int DEFAULT_DAYS = 28;
    private static final int FEWEST_OF_A_WINDOW = 10;
    private static final int FEWEST_OF_A_BREACH = 3;
    private static final long DAY = 86_400_000;

    /** The objective of a definition, defaults filled in. */
    static Objective of(SloDefined defined) {
        AlertOn alert = defined.alert() == null ? AlertOn.BURN_RATE : defined.alert();
        int fewest = alert == AlertOn.BREACH ? FEWEST_OF_A_BREACH : FEWEST_OF_A_WINDOW;
        return new Objective(
                defined.name(),
                millis(defined.maxLagSeconds()),
                millis(orElse(defined.normalLagSeconds(), defined.maxLagSeconds())),
                defined.maxLagRecords(),
                orElse(defined.normalLagRecords(), defined.maxLagRecords()),
                orElse(defined.target(), DEFAULT_TARGET),
                orElse(defined.windowDays(), DEFAULT_DAYS),
                orElse(defined.minSamples(), fewest),
                alert,
                defined.severities(),
                defined.owner(),
                defined.runbook());
    }

    private static Long millis(Long seconds) {
        return seconds == null ? null : Long.valueOf(seconds * 1_000);
    }

    private static <T> T orElse(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** Whether a group is too late. */
    boolean isLate(long lagMs, long lagRecords) {
        return isMore(lagMs, maxLagMs) || isMore(lagRecords, maxLagRecords);
    }

    /** Whether it is so little late that an alert on a breach ends. */
    boolean isNormal(long lagMs, long lagRecords) {
        return !isMore(lagMs, normalLagMs) && !isMore(lagRecords, normalLagRecords);
    }

    private static boolean isMore(long lag, Long limit) {
        return limit != null && lag > limit;
    }

    long windowMs() {
        return windowDays * DAY;
    }

    /** For how long a group may be too late within the window, in milliseconds. */
    double budgetMs() {
        return (1 - target) * windowMs();
    }

    /** What a severity is called; null for nothing but its name. */
    String label(Severity severity) {
        return severities.get(ObjectiveState.name(severity));
    }
}
