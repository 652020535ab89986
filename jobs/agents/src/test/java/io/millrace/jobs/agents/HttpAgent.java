package io.millrace.jobs.agents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent that a team would write: it answers with what it was sent, on a real HTTP server. It notes who asks for
 * what.
 */
final class HttpAgent implements AutoCloseable {
    private static final long HOLD_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    private HttpAgent() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.createContext("/echo", this::echo);
        server.setExecutor(threads);
        server.start();
    }

    static HttpAgent start() throws IOException {
        return new HttpAgent();
    }

    private void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] input = exchange.getRequestBody().readAllBytes();
            calls.computeIfAbsent(exchange.getRequestHeaders().getFirst("Idempotency-Key"), key -> new AtomicInteger())
                    .incrementAndGet();
            Integer failure = failures.poll();
            if (!held.await(HOLD_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("held up for too long");
            }
            byte[] body = failure == null ? input : new byte[0];
            exchange.sendResponseHeaders(failure == null ? 200 : failure, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/echo";
    }

    /** The next calls end with these statuses. */
    void failNext(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** Calls get no answer until {@link #letGo}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    /** How often it was asked under a key; 0 when never. */
    int calls(String idempotencyKey) {
        AtomicInteger count = calls.get(idempotencyKey);
        return count == null ? 0 : count.get();
    }

    int callsInAll() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
