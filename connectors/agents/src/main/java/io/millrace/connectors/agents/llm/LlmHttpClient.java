package io.millrace.connectors.agents.llm;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.millrace.connectors.agents.http.HttpCalls;
import io.millrace.connectors.agents.http.HttpReply;
import io.millrace.connectors.agents.http.SentBody;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * What the Azure client sends its requests by: the JDK's HTTP client instead of one on Netty, so that the two
 * transports have the same limits and failures, and cancelling gives up the connection.
 */
final class LlmHttpClient implements HttpClient {
    /** Set by the JDK's client. */
    private static final Set<String> THE_CLIENTS = Set.of("host", "content-length", "connection", "expect", "upgrade");

    private static final String SENT = "io.millrace.sent";

    /** The body is longer than an answer can be. */
    static final class BodyTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final HttpCalls calls;
    private final UnaryOperator<String> url;
    private final int maxBytes;

    /** @param url from the one that the Azure client means to the one that is meant */
    LlmHttpClient(HttpCalls calls, UnaryOperator<String> url, int maxBytes) {
        this.calls = calls;
        this.url = url;
        this.maxBytes = maxBytes;
    }

    /**
     * The context of a request to the service: {@code sent} is called when there is a connection and its body is sent.
     */
    static Context telling(Runnable sent) {
        return new Context(SENT, sent);
    }

    /** Requests for a token of the managed identity come without such a context. */
    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        Runnable sent = (Runnable) context.getData(SENT).orElse((Runnable) () -> {});
        return Mono.create(sink -> {
            CompletableFuture<HttpReply> sending = calls.send(converted(request, sent), maxBytes);
            sending.whenComplete((reply, failure) -> {
                if (failure != null) {
                    sink.error(failure);
                } else if (reply.whole() || !reply.isOk()) {
                    sink.success(new LlmHttpResponse(request, reply));
                } else {
                    sink.error(new BodyTooLargeException());
                }
            });
            sink.onDispose(() -> sending.cancel(true));
        });
    }

    private java.net.http.HttpRequest converted(HttpRequest request, Runnable sent) {
        java.net.http.HttpRequest.Builder converted = java.net.http.HttpRequest.newBuilder(
                URI.create(url.apply(request.getUrl().toString())));
        request.getHeaders().forEach(header -> {
            if (!THE_CLIENTS.contains(header.getName().toLowerCase(Locale.ROOT))) {
                header.getValuesList().forEach(value -> converted.header(header.getName(), value));
            }
        });
        converted.setHeader("Accept-Encoding", "identity");
        BinaryData body = request.getBodyAsBinaryData();
        return converted
                .method(
                        request.getHttpMethod().toString(),
                        body == null ? BodyPublishers.noBody() : SentBody.of(body.toBytes(), sent))
                .build();
    }
}
