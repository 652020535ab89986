package io.millrace.local.door;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;

/**
 * Flink's metrics in the text format of Prometheus, on the loopback interface; Flink's own reporter listens on all. A
 * client that does not send its request to the end, or does not read the answer, keeps one of a few threads, and for
 * some seconds only.
 */
final class LoopbackMetrics extends AbstractPrometheusReporter {

    /** Enough for those who ask at the same time, and some that do not go on. */
    private static final int THREADS = 8;

    static {
        // In seconds. The JDK's server, which is the only one of its kind in this process, can't be told in another
        // way.
        limit("sun.net.httpserver.maxReqTime", "2");
        limit("sun.net.httpserver.maxRspTime", "10");
    }

    private static void limit(String property, String seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, seconds);
        }
    }

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final RestDoor door = new RestDoor(null);
    private final CollectorRegistry collected = registryOfReporter();
    private final HttpServer server;

    LoopbackMetrics(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(executor);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            Optional<String> refusal = door.refusal(new RestDoor.Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers.getOrDefault("Host", List.of()),
                    headers.getOrDefault("Origin", List.of()),
                    List.of()));
            byte[] body = refusal.isPresent() ? refusal.get().getBytes(StandardCharsets.UTF_8) : text();
            exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE_004);
            exchange.sendResponseHeaders(refusal.isPresent() ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStreamWriter writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            TextFormat.write004(writer, collected.metricFamilySamples());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        super.close();
    }

    /** Flink keeps it from other packages, and has no other way to the names and labels it gives. */
    private CollectorRegistry registryOfReporter() {
        try {
            Field field = AbstractPrometheusReporter.class.getDeclaredField("registry");
            field.setAccessible(true);
            return (CollectorRegistry) field.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Flink keeps its metrics elsewhere", e);
        }
    }
}
