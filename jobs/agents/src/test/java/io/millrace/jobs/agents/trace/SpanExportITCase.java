package io.millrace.jobs.agents.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.trace.ReceivedSpan;
import io.millrace.testing.trace.TraceCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans go to a collector over HTTP, and whoever has one never waits for that. */
@Timeout(120)
class SpanExportITCase {
    private static final SpanContext PARENT = new TraceTree(1).call("k", null);

    private final DroppedSpans dropped = new DroppedSpans();
    private TraceCollector collector;

    /** Keeps the counter that is registered. */
    private static final class DroppedSpans extends UnregisteredMetricsGroup {
        private Counter counter;

        @Override
        public <C extends Counter> C counter(String name, C registered) {
            assertThat(name).isEqualTo(TraceMetrics.SPANS_DROPPED);
            counter = registered;
            return registered;
        }

        private long count() {
            return counter.getCount();
        }
    }

    @BeforeEach
    void start() {
        collector = TraceCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void spansArriveAsTheyWereDecided(@TempDir Path directory) throws IOException {
        Path headers = Files.writeString(directory.resolve("headers"), "authorization=Bearer planted\n");
        EndedSpan span = span(1);
        try (SpanExport export = open(collector.url(), headers.toString())) {
            export.send(span);
            Await.until("the span", () -> !collector.spans().isEmpty());
        }

        ReceivedSpan received = collector.spans().get(0);
        assertThat(received.service()).isEqualTo("agents");
        assertThat(received.traceId()).isEqualTo(PARENT.getTraceId());
        assertThat(received.spanId()).isEqualTo(span.context().getSpanId());
        assertThat(received.parentSpanId()).isEqualTo(PARENT.getSpanId());
        assertThat(received.name()).isEqualTo("invoke_agent a");
        assertThat(received.kind()).isEqualTo("CLIENT");
        assertThat(received.startedAt()).isEqualTo(1_000);
        assertThat(received.endedAt()).isEqualTo(1_500);
        assertThat(received.failed()).isTrue();
        assertThat(received.statusMessage()).isEmpty();
        assertThat(received.attributes()).containsOnlyKeys("n").containsEntry("n", "1");
        assertThat(collector.headers()).containsEntry("authorization", "Bearer planted");
        assertThat(collector.holds("planted")).isFalse();
        assertThat(dropped.count()).isZero();
    }

    @Test
    void aTaskThatEndsSendsWhatItHas() throws IOException {
        try (SpanExport export = open(collector.url(), null)) {
            export.send(span(1));
        }

        assertThat(collector.spans()).hasSize(1);
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted() throws IOException {
        int count = 5 * SpanExport.MAX_WAITING;
        collector.hold();
        try (SpanExport export = open(collector.url(), null)) {
            for (int i = 0; i < count; i++) {
                export.send(span(i));
            }
            assertThat(dropped.count()).isPositive();
            assertThat(collector.spans()).isEmpty();
            collector.letGo();
            Await.until("the others", () -> collector.spans().size() + dropped.count() == count);
        }

        assertThat(collector.spans().stream().map(ReceivedSpan::spanId).distinct())
                .hasSize(collector.spans().size());
    }

    @Test
    void whatTheCollectorRefusesIsDroppedAndCounted() throws IOException {
        collector.answer(400);
        try (SpanExport export = open(collector.url(), null)) {
            export.send(span(1));
            Await.until("the dropped span", () -> dropped.count() == 1);
            collector.answer(200);
            export.send(span(2));
            Await.until("the span after it", () -> collector.spans().size() == 1);
        }

        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void withoutACollectorSpansAreDroppedAndCounted() throws IOException {
        try (SpanExport export = open("http://localhost:" + FreePort.find(), null)) {
            export.send(span(1));
            export.send(span(2));
            Await.until("the dropped spans", () -> dropped.count() == 2);
        }
    }

    private SpanExport open(String url, String headersFile) throws IOException {
        return new SpanExport(new TraceSettings(url, 1, "agents", headersFile), dropped);
    }

    private static EndedSpan span(int number) {
        return new EndedSpan(
                TraceTree.attempt("k#" + number, PARENT),
                PARENT,
                "invoke_agent a",
                SpanKind.CLIENT,
                Attributes.of(AttributeKey.longKey("n"), (long) number),
                true,
                1_000,
                1_500);
    }
}
