package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast a budget may go: over a long window, so that a blip wakes nobody, and over a short one, so that an alert
 * ends soon after what it is about (Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts").
 *
 * @param factor how many times as fast as would use the budget up within the window of the objective
 */
record BurnRate(double factor, Window longer, Window shorter, Severity severity) {

    /** @param millis how long it is */
    record Window(String name, long millis) {}

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    static final Window HOUR_WINDOW = new Window("1h", HOUR);

    static final List<BurnRate> ALL = List.of(
            new BurnRate(14.4, HOUR_WINDOW, new Window("5m", 5 * MINUTE), Severity.PAGE),
            new BurnRate(6, new Window("6h", 6 * HOUR), new Window("30m", 30 * MINUTE), Severity.PAGE),
            new BurnRate(3, new Window("1d", DAY), new Window("2h", 2 * HOUR), Severity.TICKET),
            new BurnRate(1, new Window("3d", 3 * DAY), new Window("6h", 6 * HOUR), Severity.TICKET));

    /**
     * How many times too fast the budget went. Before the first sample nothing was wrong: a group that has just come, and
     * is late as it starts, has not used up the budget of days.
     */
    static double of(Budget budget, Objective objective, Window window, long now) {
        return budget.last(window.millis(), now).badShare(window.millis()) / (1 - objective.target());
    }

    /** The same for each of the windows, by its name. */
    static Map<String, Double> all(Budget budget, Objective objective, long now) {
        Map<String, Double> rates = new TreeMap<>();
        for (BurnRate rate : ALL) {
            rates.put(rate.longer.name(), of(budget, objective, rate.longer, now));
            rates.put(rate.shorter.name(), of(budget, objective, rate.shorter, now));
        }
        return rates;
    }

    /** Whether the budget went as fast, in both windows, and the longer one has so much that was observed. */
    boolean isReached(Budget budget, Objective objective, long observedMs, long now) {
        return budget.last(longer.millis(), now).observedMs() >= observedMs
                && of(budget, objective, longer, now) >= factor
                && of(budget, objective, shorter, now) >= factor;
    }
}
