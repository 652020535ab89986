package io.millrace.local.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Found by Flink as a service; takes the setting {@code port}. */
public final class LoopbackMetricsFactory implements MetricReporterFactory {

    @Override
    public MetricReporter createMetricReporter(Properties settings) {
        try {
            return new LoopbackMetrics(Integer.parseInt(settings.getProperty("port")));
        } catch (IOException e) {
            throw new UncheckedIOException("metrics cannot be served", e);
        }
    }
}
