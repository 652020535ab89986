package io.millrace.agents.notify;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.HostPatterns;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.connectors.agents.http.HttpCalls;
import io.millrace.connectors.agents.http.HttpReply;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts to where people say, as far as the operator allows it. Redirects are not followed. */
final class WebPosts implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Of an answer nothing but its status is needed. */
    private static final int MAX_REPLY_BYTES = 16 * 1024;

    private static final int GONE = 410;

    private final HostPatterns allowed;
    private final Egress egress;
    private final String name;
    private HttpCalls calls;

    /** @param name of its threads */
    WebPosts(String name, AgentContext context) {
        this.name = name;
        this.allowed = new NotifySettings(context).hosts(NotifySettings.ALLOWED_HOSTS);
        this.egress = new Egress(allowed, context.networks());
    }

    /**
     * Posts JSON.
     *
     * @return fails with an {@link AgentFailure} alone, or by being cancelled
     * @throws AgentFailure when it may not go there
     */
    CompletableFuture<String> post(String url, byte[] json, Map<String, String> headers) throws AgentFailure {
        URI to = allowed(url);
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(LIMIT)
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept-Encoding", "identity")
                .setHeader("User-Agent", "millrace")
                .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::setHeader);
        CompletableFuture<HttpReply> reply = calls().send(request.build(), MAX_REPLY_BYTES);
        CompletableFuture<String> answer = new CompletableFuture<>();
        reply.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).whenComplete((taken, failure) -> {
            AgentFailure refusal = failure == null ? refusal(taken) : failure(failure);
            if (refusal == null) {
                answer.complete("{\"delivered\":true}");
            } else {
                answer.completeExceptionally(refusal);
            }
        });
        answer.whenComplete((done, failure) -> reply.cancel(true));
        return answer;
    }

    private URI allowed(String url) throws AgentFailure {
        URI to = URI.create(url);
        String host = to.getHost();
        if (!allowed.contain(host)) {
            throw AgentFailure.failed(
                    AgentErrorCode.HOST_NOT_ALLOWED,
                    "the host \"" + host + "\" is none of " + NotifySettings.ALLOWED_HOSTS);
        }
        if (!"https".equalsIgnoreCase(to.getScheme()) && !TransportSettings.isThisMachine(host)) {
            throw AgentFailure.failed(
                    AgentErrorCode.HOST_NOT_ALLOWED, "an address that begins with http:// is for this machine alone");
        }
        return to;
    }

    /** Null when it was taken. */
    private static AgentFailure refusal(HttpReply reply) {
        if (reply.isOk()) {
            return null;
        }
        if (reply.status() == GONE) {
            return AgentFailure.refused(AgentErrorCode.AGENT_REJECTED, "HTTP status " + GONE);
        }
        return ofReceiver(reply.refusal(""));
    }

    /** What fails is one receiver of many, and not the agent. */
    private static AgentFailure ofReceiver(AgentAnswer answer) {
        String message = answer.error().message();
        return answer.status() == AgentOutcome.Status.RETRYABLE
                ? AgentFailure.retryable(AgentErrorCode.RECEIVER_FAILED, message)
                        .retryAfter(Duration.ofMillis(answer.retryAfterMs()))
                : AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, message);
    }

    /** Null when it was taken all the same. */
    private static AgentFailure failure(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return AgentFailure.retryable(AgentErrorCode.RECEIVER_FAILED, "the receiver took too long");
        }
        AgentAnswer answer = HttpCalls.failure(failure);
        return switch (answer.error().code()) {
            // The status was 2xx, and only the body can't be read.
            case OUTPUT_INVALID -> null;
            case UNREACHABLE ->
                AgentFailure.retryable(AgentErrorCode.RECEIVER_FAILED, "no connection to the receiver, or it broke");
            default -> AgentFailure.failed(answer.error().code(), answer.error().message());
        };
    }

    /** Its threads begin with the first call. */
    private synchronized HttpCalls calls() {
        if (calls == null) {
            calls = new HttpCalls(name, egress);
        }
        return calls;
    }

    @Override
    public synchronized void close() {
        if (calls != null) {
            calls.close();
        }
    }
}
