package io.millrace.bench.agents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An HTTP agent that answers with its input after a while, thousands at once on few threads. */
public final class SlowAgent implements AutoCloseable {
    private static final int BACKLOG = 4_096;

    static {
        // Otherwise each answer waits for the acknowledgement of its headers, and all connections but 200 are closed
        // when idle.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(BACKLOG));
    }

    private static final String PATH = "/after/";

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    private final AtomicLong requests = new AtomicLong();

    private SlowAgent() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext(PATH, this::take);
        server.setExecutor(threads);
        server.start();
    }

    public static SlowAgent start() throws IOException {
        return new SlowAgent();
    }

    /** Where calls take that long. */
    public String url(long millis) {
        return "http://localhost:" + server.getAddress().getPort() + PATH + millis;
    }

    /** How many were made so far. */
    long requests() {
        return requests.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] input = exchange.getRequestBody().readAllBytes();
        long millis = Long.parseLong(exchange.getRequestURI().getPath().substring(PATH.length()));
        threads.schedule(() -> answer(exchange, input), millis, TimeUnit.MILLISECONDS);
    }

    private static void answer(HttpExchange exchange, byte[] body) {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // Whoever called has gone; that shows in the results.
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
