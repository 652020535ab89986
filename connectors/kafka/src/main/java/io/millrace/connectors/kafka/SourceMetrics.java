package io.millrace.connectors.kafka;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a source, besides Flink's; docs/tasks.md explains each. */
public final class SourceMetrics {
    public static final String RECORDS_FROM_THE_FUTURE = "records_from_the_future";
    public static final String RECORDS_LOST = "records_lost";
    public static final String MISPLACED_KEYS = "misplaced_keys";

    final Counter recordsFromTheFuture;
    final Counter recordsLost;
    final Counter misplacedKeys;

    SourceMetrics(MetricGroup group) {
        recordsFromTheFuture = group.counter(RECORDS_FROM_THE_FUTURE);
        recordsLost = group.counter(RECORDS_LOST);
        misplacedKeys = group.counter(MISPLACED_KEYS);
    }
}
