package io.millrace.jobs.agents.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to a collector, in batches, on threads of its own. Whoever has a span never waits: what is too much, or
 * does not arrive, is dropped and counted. One instance per task, for any number of threads.
 */
final class SpanExport implements AutoCloseable {
    /** Spans that wait for their turn to be sent. */
    static final int MAX_WAITING = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final String SCOPE = "io.millrace.jobs.agents";
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A task that ends does not wait longer for a collector that does not answer. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final DecidedIds ids = new DecidedIds();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter dropped;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Opens it; the collector is not looked for before the first span.
     *
     * @throws IOException when the file of headers can't be used
     */
    SpanExport(TraceSettings settings, MetricGroup metrics) throws IOException {
        dropped = metrics.counter(TraceMetrics.SPANS_DROPPED, new ThreadSafeSimpleCounter());
        Attributes service = Attributes.of(SERVICE_NAME, settings.serviceName());
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(service)))
                .setIdGenerator(ids)
                // What is not to be sampled does not come here.
                .setSampler(Sampler.alwaysOn())
                .addSpanProcessor(BatchSpanProcessor.builder(new Counted(exporter(settings)))
                        .setMaxQueueSize(MAX_WAITING)
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
        tracer = provider.get(SCOPE);
    }

    private static SpanExporter exporter(TraceSettings settings) throws IOException {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setTimeout(TIMEOUT)
                .setRetryPolicy(RetryPolicy.getDefault());
        CollectorHeaders.read(settings.headersFile()).forEach(exporter::addHeader);
        return exporter.build();
    }

    void send(EndedSpan span) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            drop(1);
            return;
        }
        SpanBuilder builder = tracer.spanBuilder(span.name())
                .setSpanKind(span.kind())
                .setParent(Context.root().with(Span.wrap(span.parent())))
                .setAllAttributes(span.attributes())
                .setStartTimestamp(span.startedAt(), TimeUnit.MILLISECONDS);
        Span started = ids.start(builder, span.context());
        if (span.failed()) {
            started.setStatus(StatusCode.ERROR);
        }
        started.end(span.endedAt(), TimeUnit.MILLISECONDS);
    }

    void drop(int spans) {
        dropped.inc(spans);
    }

    /** Sends what waits, if that does not take long. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts what is on its way, and what does not arrive. */
    private final class Counted implements SpanExporter {
        private final SpanExporter exporter;
        private volatile boolean failing;

        private Counted(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            waiting.addAndGet(-count);
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> ended(result.isSuccess(), count));
        }

        private void ended(boolean arrived, int count) {
            if (!arrived) {
                drop(count);
            }
            if (arrived == failing) {
                failing = !arrived;
                LOG.warn(arrived ? "the trace collector takes spans again" : "spans do not reach the trace collector");
            }
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
