package io.millrace.bench.conversations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The agents of a turn, behind HTTP: each says the same at once, so that what is measured is the rest. */
final class InstantAgents implements AutoCloseable {
    private static final int THREADS = 4;

    static {
        // Otherwise each answer waits for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** By name, as docs/conversations.md has them. */
    static final Map<String, String> ANSWERS = Map.of(
            "language",
            "{\"language\":\"en\",\"confidence\":0.98}",
            "critic",
            "{\"verdict\":\"pass\",\"classes\":[],\"verdicts\":[\"pass\",\"pass\",\"pass\"]}",
            "intent",
            "{\"intent\":\"delivery\",\"confidence\":0.9,\"wants_person\":false,\"alternatives\":[]}",
            "knowledge",
            "{\"hits\":[{\"document_id\":\"delivery\",\"title\":\"Delivery\",\"section\":\"Times\",\"text\":\"Delivery takes three"
                    + " to five working days. It costs 6.90 dollars.\",\"language\":\"en\",\"score\":0.8}]}",
            "response",
            "{\"text\":\"Delivery takes three to five working days.\",\"citations\":[{\"document_id\":\"delivery\",\"title\":"
                    + "\"Delivery\"}],\"confidence\":0.8,\"extractive\":true}",
            "summariser",
            "{\"summary\":\"The customer asked when parcels come.\"}",
            "escalation",
            "{\"summary\":\"Delivery\",\"priority\":\"P3\",\"suggested_answer\":\"Soon.\"}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private InstantAgents() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ANSWERS.forEach((name, answer) -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            server.createContext("/" + name, exchange -> answer(exchange, body));
        });
        server.setExecutor(threads);
        server.start();
    }

    static InstantAgents start() throws IOException {
        return new InstantAgents();
    }

    String url(String agent) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + agent;
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
