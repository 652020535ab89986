package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Makes HTTP requests, any number at a time on a few threads, each on a connection of its own: HTTP/1.1, so that no
 * call shares its connection with a slow one, and servers that limit the streams of a connection do not refuse any.
 * Redirects are not followed.
 */
public final class HttpCalls implements AutoCloseable {
    private static final int THREADS = 4;

    static {
        PinnedRequests.prepare();
    }

    /**
     * The JDK's client goes through all its idle connections, under a lock, for each request: thousands after a burst.
     */
    private static final int CLIENTS = 8;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Egress egress;
    private final ExecutorService executor;
    private final HostLookups lookups;
    private final List<HttpClient> clients;
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * @param name of its threads
     * @param egress where its requests may go
     */
    public HttpCalls(String name, Egress egress) {
        this.egress = egress;
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        lookups = new HostLookups(name, egress);
        clients = Stream.generate(this::client).limit(CLIENTS).toList();
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    /**
     * Sends it.
     *
     * @param maxBytes of the response's body that are read
     * @return cancelling it gives up the connection
     */
    public CompletableFuture<HttpReply> send(HttpRequest request, int maxBytes) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        lookups.find(request.uri().getHost()).whenComplete((found, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(failure);
            } else if (!reply.isDone()) {
                send(egress.isAnywhere() ? request : PinnedRequests.of(request, found), maxBytes, reply);
            }
        });
        return reply;
    }

    /** As {@link #send}, of a request that may go where it goes. */
    CompletableFuture<HttpReply> sendChecked(HttpRequest request, int maxBytes) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        send(request, maxBytes, reply);
        return reply;
    }

    private void send(HttpRequest request, int maxBytes, CompletableFuture<HttpReply> reply) {
        try {
            HttpClient client = clients.get(Math.floorMod(requests.getAndIncrement(), CLIENTS));
            CompletableFuture<HttpResponse<BoundedBody.Content>> sending = client.sendAsync(request, response -> {
                if (!Framing.hasReadableLength(response.headers())) {
                    // Before the JDK's client finds it out, which then fails and keeps the connection.
                    reply.completeExceptionally(new ProtocolException("Content-Length"));
                }
                return Framing.problem(response.headers()) == null ? new BoundedBody(maxBytes) : BoundedBody.unread();
            });
            sending.whenComplete((response, failure) -> {
                if (failure == null) {
                    complete(reply, response);
                } else {
                    reply.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
                }
            });
            reply.whenComplete((value, failure) -> sending.cancel(true));
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }

    /** Of a refusal the status is enough. */
    private static void complete(CompletableFuture<HttpReply> reply, HttpResponse<BoundedBody.Content> response) {
        BoundedBody.Content body = response.body();
        HttpReply read = new HttpReply(response.statusCode(), response.headers(), body.bytes(), body.whole());
        String problem = Framing.problem(response.headers());
        if (problem == null || !read.isOk()) {
            reply.complete(read);
        } else {
            reply.completeExceptionally(new Framing.UnreadableReplyException(problem));
        }
    }

    /** The answer that a failure of a request is. Messages of the client may contain URLs, so they are not told. */
    public static AgentAnswer failure(Throwable failure) {
        if (failure instanceof Egress.NotAllowedException) {
            return AgentAnswer.failed(AgentErrorCode.HOST_NOT_ALLOWED, failure.getMessage());
        }
        if (failure instanceof Framing.UnreadableReplyException) {
            return AgentAnswer.failed(AgentErrorCode.OUTPUT_INVALID, failure.getMessage());
        }
        if (failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof HttpConnectTimeoutException) {
            return unreachable("no connection to the agent");
        }
        if (failure instanceof SSLException) {
            return unreachable(
                    "no secure connection to the agent: " + failure.getClass().getSimpleName());
        }
        if (failure instanceof IOException) {
            return unreachable("the connection to the agent broke");
        }
        return AgentAnswer.failed(
                AgentErrorCode.AGENT_FAILED,
                "the call ended by " + failure.getClass().getName());
    }

    private static AgentAnswer unreachable(String message) {
        return AgentAnswer.retryable(AgentErrorCode.UNREACHABLE, message);
    }

    /** To be called when nothing is under way any longer. */
    @Override
    public void close() {
        lookups.close();
        executor.shutdown();
    }
}
