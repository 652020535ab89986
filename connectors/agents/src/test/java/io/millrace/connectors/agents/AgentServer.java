package io.millrace.connectors.agents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An HTTP agent that answers as a test says. Slow answers take no thread. */
public final class AgentServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    /** What came. Headers by their names in small letters. */
    public record Request(String path, Map<String, String> headers, String body) {}

    /**
     * What goes back. A status of 0 closes the connection instead; with {@code announced} the body is shorter than it
     * says.
     */
    public record Response(int status, Map<String, String> headers, String body, Duration delay, int announced) {
        public static Response of(int status, String body) {
            return new Response(status, Map.of(), body, Duration.ZERO, 0);
        }

        public static Response closed() {
            return of(0, "");
        }

        public static Response truncated(String body) {
            return new Response(200, Map.of(), body, Duration.ZERO, body.length() + 10);
        }

        public Response with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Response(status, more, body, delay, announced);
        }

        public Response after(Duration wait) {
            return new Response(status, headers, body, wait, announced);
        }
    }

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private volatile Function<Request, Response> answers = request -> Response.of(200, request.body());

    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    public AgentServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public void answer(Function<Request, Response> by) {
        answers = by;
    }

    public void answer(Response response) {
        answers = request -> response;
    }

    /** From now on no request is answered before {@link #letGo}. */
    public void hold() {
        held = new CompletableFuture<>();
    }

    /** Answers what was held, and what comes. */
    public void letGo() {
        held.complete(null);
    }

    public List<Request> requests() {
        return requests;
    }

    public Request lastRequest() {
        return requests.get(requests.size() - 1);
    }

    /** How many requests wait for their answer. */
    public int unanswered() {
        return unanswered.get();
    }

    /** How many clients had gone when the answer came. */
    public int gone() {
        return gone.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        unanswered.incrementAndGet();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(exchange.getRequestURI().toString(), headers, body);
        requests.add(request);
        Response response = answers.apply(request);
        held.thenRun(() -> threads.schedule(
                () -> send(exchange, response), response.delay().toNanos(), TimeUnit.NANOSECONDS));
    }

    private void send(HttpExchange exchange, Response response) {
        unanswered.decrementAndGet();
        try (exchange) {
            if (response.status() == 0) {
                return;
            }
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            response.headers().forEach(exchange.getResponseHeaders()::set);
            int length = Math.max(body.length, response.announced());
            exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            gone.incrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
