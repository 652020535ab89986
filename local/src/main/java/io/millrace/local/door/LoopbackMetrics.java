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
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;

/** Flink's metrics in the text format of Prometheus, on the loopback interface; Flink's own reporter listens on all. */
final class LoopbackMetrics extends AbstractPrometheusReporter {

    private final RestDoor door = new RestDoor(null);
    private final CollectorRegistry collected = registryOfReporter();
    private final HttpServer server;

    LoopbackMetrics(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
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
