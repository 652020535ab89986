package io.millrace.chaos.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Agents behind HTTP, in the process of the crash run, so that no fault reaches them. What each was asked is recorded
 * before it answers. An agent's path is its kind and its name.
 */
final class RecordingAgents implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BACKLOG = 1_024;
    private static final int THREADS = 4;
    /** After which the caller of an agent that does not answer has certainly gone. */
    private static final int GONE_SECONDS = 10;

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final Queue<Ask> asks = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private RecordingAgents() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    static RecordingAgents start() {
        try {
            return new RecordingAgents();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an agent is reached. */
    String url(AgentKind kind, String agent, int version) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + kind + "/" + agent + "?version=" + version;
    }

    /** What agents whose names begin so were asked until now. */
    List<Ask> asks(String prefix) {
        return asks.stream().filter(ask -> ask.agent().startsWith(prefix)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        AgentKind kind = AgentKind.valueOf(path[1].toUpperCase(Locale.ROOT));
        int number = JSON.readTree(exchange.getRequestBody()).path("number").asInt();
        String key = header(exchange, "Idempotency-Key");
        int attempt = Integer.parseInt(header(exchange, "Millrace-Attempt"));
        asks.add(new Ask(kind, path[2], key, attempt, number, Instant.now()));
        int before = asked.computeIfAbsent(path[2] + " " + key, name -> new AtomicInteger())
                .getAndIncrement();
        Reply reply = kind.reply(key, attempt, before, number);
        if (reply.afterMillis() == Reply.NEVER) {
            threads.schedule(exchange::close, GONE_SECONDS, TimeUnit.SECONDS);
        } else {
            threads.schedule(() -> answer(exchange, reply), reply.afterMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Empty when there is none: under such a key no call is known. */
    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void answer(HttpExchange exchange, Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // Who asked was killed: it will ask again.
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
