package io.millrace.logic.analytics;

import io.millrace.schema.analytics.FigureTable;
import java.util.List;
import java.util.Map;

/**
 * What happened once, and what it counts for.
 *
 * @param at when it happened, milliseconds since the epoch
 * @param dimensions the values of the table's dimensions, in their order; empty texts where there is none
 * @param amounts what is to be added, by the name of the figure; of a distribution, the value
 */
public record Fact(FigureTable table, String tenant, long at, List<String> dimensions, Map<String, Long> amounts) {
    /** How far clocks may be ahead of the log. */
    static final long AHEAD_MILLIS = 600_000;

    /**
     * The same, but not of a time to come: its row would be open until then.
     *
     * @param time the log time of what says so, milliseconds since the epoch
     */
    Fact seenAt(long time) {
        return at <= time + AHEAD_MILLIS ? this : new Fact(table, tenant, time, dimensions, amounts);
    }
}
