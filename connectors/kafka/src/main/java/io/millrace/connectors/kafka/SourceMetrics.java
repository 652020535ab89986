package io.millrace.connectors.kafka;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a source, besides Flink's; docs/tasks.md explains each. */
public final class SourceMetrics {
    public static final String RECORDS_FROM_THE_FUTURE = "records_from_the_future";

    final Counter recordsFromTheFuture;

    SourceMetrics(MetricGroup group) {
        recordsFromTheFuture = group.counter(RECORDS_FROM_THE_FUTURE);
    }
}
