package io.millrace.testing.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Takes spans as a collector does that speaks OTLP over HTTP, on a free port of this machine. */
public final class TraceCollector implements AutoCloseable {
    private static final long HOLD_SECONDS = 60;
    private static final int OK = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "trace-collector");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> headers = Map.of();
    private volatile int status = OK;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    public static TraceCollector start() {
        try {
            TraceCollector started = new TraceCollector(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            started.server.createContext("/v1/traces", started::take);
            started.server.setExecutor(started.threads);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the trace collector", e);
        }
    }

    /** Without the path, which is {@code /v1/traces}. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on requests are answered so; but for 200, what they bring is not kept. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** Requests get no answer until {@link #letGo}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void letGo() {
        held.countDown();
    }

    /** All spans so far, in the order in which they came. */
    public List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    public List<ReceivedSpan> spansOf(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** The headers of the last request, by their names in small letters. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Whether a text, in ASCII, is anywhere in what was sent. */
    public boolean holds(String text) {
        return bodies.stream().anyMatch(body -> body.contains(text));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            bodies.add(new String(body, StandardCharsets.ISO_8859_1));
            Map<String, String> received = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            headers = received;
            if (!held.await(HOLD_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("held up for too long");
            }
            int answer = status;
            if (answer == OK) {
                keep(ExportTraceServiceRequest.parseFrom(body));
            }
            byte[] response = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(answer, response.length == 0 ? -1 : response.length);
            exchange.getResponseBody().write(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(group -> group.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> ReceivedSpan.of(span, group.getResource()))
                .forEach(spans::add));
    }

    /** Ends it; what has not been answered is not. */
    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
