package io.millrace.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sample company's own agent, which says to whom a piece of work belongs, in three versions, each at its own URL. The second
 * one has a fault: it has no answer where there is an apostrophe or a colon.
 */
final class TriageService implements AutoCloseable {
    static final List<String> VERSIONS = List.of("v1", "v2", "v3");

    private static final int MAX_BYTES = 64 * 1024;
    private static final ObjectReader JSON =
            new ObjectMapper(IsolatedJson.factory().build()).reader();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "triage-service");
        thread.setDaemon(true);
        return thread;
    });

    private TriageService(HttpServer server) {
        this.server = server;
    }

    /** Starts it, on a port that is free. */
    static TriageService start() {
        try {
            TriageService service =
                    new TriageService(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            VERSIONS.forEach(
                    version -> service.server.createContext("/" + version, exchange -> answer(exchange, version)));
            service.server.setExecutor(service.threads);
            service.server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException("the sample agent can't be started: " + e.getMessage(), e);
        }
    }

    String url(String version) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + version;
    }

    private static void answer(HttpExchange exchange, String version) throws IOException {
        try (exchange) {
            String title = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BYTES))
                    .path("title")
                    .asText();
            byte[] answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("team", team(title.toLowerCase(Locale.ROOT), version))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Null, which is no team, where the second version has its fault. */
    static String team(String title, String version) {
        if (version.equals("v2") && (title.contains("'") || title.contains(":"))) {
            return null;
        }
        if (title.contains("invoice") || title.contains("expenses")) {
            return "finance";
        }
        if (title.contains("deployment") || title.contains("certificate") || title.contains("pull request")) {
            return "engineering";
        }
        if (title.contains("support") || title.contains("order")) {
            return "support";
        }
        if (version.equals("v3") && (title.contains("interview") || title.contains("offer"))) {
            return "people";
        }
        return "office";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
