package io.millrace.logic.analytics;

import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.Period;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Fact} adds to one row.
 *
 * @param start of the row's time, milliseconds since the epoch
 */
public record Contribution(
        FigureTable table,
        Period period,
        long start,
        String tenant,
        List<String> dimensions,
        Map<String, Long> amounts) {

    public static Contribution of(Fact fact, Period period) {
        return new Contribution(
                fact.table(), period, period.start(fact.at()), fact.tenant(), fact.dimensions(), fact.amounts());
    }

    /** The key of the row. */
    public String key() {
        return FiguresCounted.key(table, period, start, tenant, dimensions);
    }
}
