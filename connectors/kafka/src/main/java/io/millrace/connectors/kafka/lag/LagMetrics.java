package io.millrace.connectors.kafka.lag;

import io.millrace.schema.slo.LagSampled;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of the source of samples. */
public final class LagMetrics {
    public static final String LOOKS = "looks";
    public static final String LOOKS_FAILED = "looks_failed";
    public static final String LOOK_MS = "look_ms";
    public static final String SAMPLED_PARTITIONS = "sampled_partitions";
    public static final String UNOBSERVED = "unobserved";

    private final Counter looks;
    private final Counter failed;
    private final Counter unobserved;
    private volatile long lookMs;
    private volatile long partitions;

    LagMetrics(MetricGroup group) {
        looks = group.counter(LOOKS);
        failed = group.counter(LOOKS_FAILED);
        unobserved = group.counter(UNOBSERVED);
        group.gauge(LOOK_MS, (Gauge<Long>) () -> lookMs);
        group.gauge(SAMPLED_PARTITIONS, (Gauge<Long>) () -> partitions);
    }

    void looked(List<LagSampled> samples) {
        looks.inc();
        partitions =
                samples.stream().mapToLong(sample -> sample.partitions().size()).sum();
        unobserved.inc(
                samples.stream().filter(sample -> sample.problem() != null).count());
    }

    void failed() {
        failed.inc();
    }

    void took(long millis) {
        lookMs = millis;
    }
}
