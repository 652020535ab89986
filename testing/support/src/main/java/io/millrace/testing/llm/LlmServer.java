package io.millrace.testing.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks the API of Azure OpenAI ({@code /openai/deployments/<deployment>/…?api-version=…}) and of OpenAI
 * ({@code
 * /v1/…}). Waiting takes no thread, so that thousands of slow answers can be under way.
 */
public final class LlmServer implements AutoCloseable {
    static {
        // Read once by the JDK's server. Without the first every answer waits for a delayed acknowledgement, with the
        // default of
        // the second (200) connections that a client has just used are closed under it.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern AZURE = Pattern.compile("/openai/deployments/([^/]+)/(chat/completions|embeddings)");
    private static final Pattern OPENAI = Pattern.compile("/v1/(chat/completions|embeddings)");
    private static final String REQUEST_ID = "x-ms-client-request-id";
    private static final int BACKLOG = 4_096;
    private static final int THREADS = 4;
    /** Of the requests that are kept, and of the keys that are counted. */
    private static final int MAX_KEPT = 100_000;

    private final HttpServer server;
    private final ScheduledExecutorService threads;
    private final Queue<LlmReply> next = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<LlmRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> byKey = new ConcurrentHashMap<>();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger mostInProgress = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private volatile Function<LlmRequest, LlmReply> answers = LlmEcho::answer;
    private volatile Latency latency = Latency.constant(Duration.ZERO);
    private volatile String key;
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private LlmServer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "llm-server");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts it on a free port of this machine. */
    public static LlmServer start() {
        return start(0);
    }

    /** @param port 0 for a free one */
    public static LlmServer start(int port) {
        try {
            LlmServer started = new LlmServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG));
            started.server.createContext("/", started::handle);
            started.server.setExecutor(started.threads);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the LLM server", e);
        }
    }

    /** For clients of Azure OpenAI. */
    public String azureEndpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** For clients of OpenAI. */
    public String openAiEndpoint() {
        return azureEndpoint() + "/v1";
    }

    /** From now on only requests with this key are accepted; null for any. */
    public void requireKey(String wanted) {
        key = wanted;
    }

    /** What the next requests are answered, one each, before those that {@link #answer} says. */
    public void next(LlmReply... replies) {
        next.addAll(List.of(replies));
    }

    /** What requests are answered; at first with what they ask. */
    public void answer(Function<LlmRequest, LlmReply> reply) {
        answers = reply;
    }

    /** How long answers take that do not say so themselves. */
    public void latency(Latency from) {
        latency = from;
    }

    /** From now on no request is answered before {@link #letGo}, unless its reply has a delay of its own. */
    public void hold() {
        held = new CompletableFuture<>();
    }

    /** Answers what was held, and what comes. */
    public void letGo() {
        held.complete(null);
    }

    /** The requests so far, in the order in which they came. */
    public List<LlmRequest> requests() {
        synchronized (requests) {
            return new ArrayList<>(requests);
        }
    }

    /** How many requests came so far. */
    public int received() {
        return received.get();
    }

    /** How many requests came by each idempotency key. */
    public Map<String, Integer> requestsByKey() {
        return new TreeMap<>(byKey);
    }

    /** How many requests have not been answered yet. */
    public int inProgress() {
        return inProgress.get();
    }

    /** How many there were at most at a time. */
    public int mostInProgress() {
        return mostInProgress.get();
    }

    /** How many clients had gone when their answer came. */
    public int gone() {
        return gone.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostInProgress.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
        try {
            LlmReply reply = reply(exchange);
            Duration delay = reply.delay().isZero() ? latency.next() : reply.delay();
            if (!delay.isZero()) {
                threads.schedule(() -> send(exchange, reply), delay.toNanos(), TimeUnit.NANOSECONDS);
            } else if (held.isDone()) {
                send(exchange, reply);
            } else {
                held.thenRunAsync(() -> send(exchange, reply), threads);
            }
        } catch (RuntimeException e) {
            inProgress.decrementAndGet();
            exchange.close();
            throw e;
        }
    }

    private LlmReply reply(HttpExchange exchange) throws IOException {
        LlmRequest request = read(exchange);
        boolean full = received.get() > MAX_KEPT;
        if (!full) {
            synchronized (requests) {
                requests.add(request);
            }
        }
        if (!full && request.idempotencyKey() != null) {
            byKey.merge(request.idempotencyKey(), 1, Integer::sum);
        }
        if (key != null && !hasKey(request)) {
            return LlmReply.unauthorized();
        }
        if (request.operation().isEmpty()) {
            return LlmReply.error(404, "404", "Resource not found");
        }
        LlmReply scripted = next.poll();
        return scripted == null ? answers.apply(request) : scripted;
    }

    private boolean hasKey(LlmRequest request) {
        return key.equals(request.headers().get("api-key"))
                || ("Bearer " + key).equals(request.headers().get("authorization"));
    }

    private LlmRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        JsonNode body;
        try {
            body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        } catch (JsonProcessingException e) {
            body = MissingNode.getInstance();
        }
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        int number = received.incrementAndGet();
        Matcher azure = AZURE.matcher(path);
        if (azure.matches() && query != null && query.contains("api-version=")) {
            return new LlmRequest(azure.group(1), azure.group(2), number, headers, body);
        }
        Matcher openAi = OPENAI.matcher(path);
        return openAi.matches()
                ? new LlmRequest(body.path("model").asText(), openAi.group(1), number, headers, body)
                : new LlmRequest("", "", number, headers, body);
    }

    private void send(HttpExchange exchange, LlmReply reply) {
        inProgress.decrementAndGet();
        try (exchange) {
            if (reply.breaks() == LlmReply.Breaks.AT_ONCE) {
                return;
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            String id = exchange.getRequestHeaders().getFirst(REQUEST_ID);
            if (id != null) {
                exchange.getResponseHeaders().set(REQUEST_ID, id);
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            int length = reply.breaks() == LlmReply.Breaks.IN_THE_BODY ? body.length / 2 : body.length;
            exchange.getResponseBody().write(body, 0, length);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            gone.incrementAndGet();
        }
    }

    /** Ends it; what has not been answered is not. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
