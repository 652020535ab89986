package io.millrace.logic.analytics;

import io.millrace.schema.analytics.Figure;
import io.millrace.schema.analytics.Figure.Kind;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.Period;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of figures as it is so far.
 *
 * @param start milliseconds since the epoch, as all times
 * @param sums by the name of the figure, each
 * @param distributions by the name of the figure, each
 * @param revision how often it was told
 * @param changedAt when it changed first since it was told; 0 when it did not
 * @param closed whether it was told that its time is over
 */
public record FigureState(
        FigureTable table,
        Period period,
        long start,
        String tenant,
        List<String> dimensions,
        Map<String, Long> sums,
        Map<String, Histogram> distributions,
        long revision,
        long changedAt,
        boolean closed) {

    static FigureState of(Contribution first) {
        Map<String, Long> sums = new TreeMap<>();
        Map<String, Histogram> distributions = new TreeMap<>();
        for (Figure figure : first.table().figures()) {
            if (figure.kind() == Kind.SUM) {
                sums.put(figure.name(), 0L);
            } else {
                distributions.put(figure.name(), Histogram.EMPTY);
            }
        }
        return new FigureState(
                first.table(),
                first.period(),
                first.start(),
                first.tenant(),
                first.dimensions(),
                Collections.unmodifiableMap(sums),
                Collections.unmodifiableMap(distributions),
                0,
                0,
                false);
    }

    long end() {
        return start + period.millis();
    }

    FigureState with(Map<String, Long> amounts, long time) {
        Map<String, Long> moreSums = new TreeMap<>(sums);
        Map<String, Histogram> moreDistributions = new TreeMap<>(distributions);
        for (Figure figure : table.figures()) {
            Long amount = amounts.get(figure.name());
            if (amount == null) {
                continue;
            }
            if (figure.kind() == Kind.SUM) {
                moreSums.merge(figure.name(), amount, FigureState::plus);
            } else {
                Histogram before = distributions.getOrDefault(figure.name(), Histogram.EMPTY);
                moreDistributions.put(figure.name(), before.with(amount));
            }
        }
        return new FigureState(
                table,
                period,
                start,
                tenant,
                dimensions,
                Collections.unmodifiableMap(moreSums),
                Collections.unmodifiableMap(moreDistributions),
                revision,
                changedAt == 0 ? time : changedAt,
                closed);
    }

    /** Amounts are what others claim: a sum that is too large stays the largest there is. */
    private static long plus(long sum, long amount) {
        long more = sum + amount;
        return ((sum ^ more) & (amount ^ more)) < 0 ? Long.MAX_VALUE : more;
    }

    FigureState told(boolean isOver) {
        return new FigureState(
                table, period, start, tenant, dimensions, sums, distributions, revision + 1, 0, closed || isOver);
    }
}
