package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.connectors.agents.HostPatterns;
import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.SettingsCache;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Objects;

/** Agents that are reached by an HTTP POST: of their input as it is, or of an A2A message. */
public final class HttpTransport implements AgentTransport {
    private static final int MAX_REDIRECTS = 3;

    private final HttpCalls calls;
    private final SettingsCache<HttpAgent> agents = new SettingsCache<>(HttpAgent::read);
    private final Secrets secrets;
    private final HostPatterns namedHosts;
    private final String userAgent;

    public HttpTransport(TransportContext context) {
        this.calls = new HttpCalls("agents-http", context.settings().egress());
        this.secrets = context.secrets();
        this.namedHosts = context.settings().egress().hosts();
        this.userAgent = context.settings().userAgent();
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return agents.call(attempt, agent -> call(attempt, agent));
    }

    private AnswerFuture call(AgentAttempt attempt, HttpAgent agent) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json")
                .setHeader("Accept-Encoding", "identity")
                .setHeader("User-Agent", userAgent);
        for (AgentHeader header : agent.headers()) {
            if (header.secret() != null && !mayGoTo(header.secret(), agent.url().getHost())) {
                return AnswerFuture.of(AgentAnswer.failed(
                        AgentErrorCode.HOST_NOT_ALLOWED,
                        "the secret \"" + header.secret() + "\" may not be sent to the host \""
                                + agent.url().getHost() + "\": " + header.secret()
                                + ".hosts in the job's keys.directory has to name it"));
            }
            String value = header.secret() == null ? header.value() : withSecret(header);
            if (value == null) {
                return AnswerFuture.of(AgentAnswer.failed(
                        AgentErrorCode.UNAUTHORIZED,
                        "there is no usable secret \"" + header.secret() + "\" on the job's machines"));
            }
            request.setHeader(header.name(), value);
        }
        CallHeaders.of(attempt, System.currentTimeMillis()).forEach(request::setHeader);
        AnswerFuture answer = new AnswerFuture();
        if (agent.protocol() == HttpAgent.Protocol.A2A) {
            new A2aCall(this, request, agent.url(), answer).begin(attempt);
        } else {
            HttpAgent.Output output = agent.output();
            post(
                    request,
                    agent.url(),
                    attempt.input(),
                    AgentOutcome.MAX_OUTPUT_BYTES,
                    answer,
                    reply -> answer.complete(JsonReplies.answer(reply, output)));
        }
        return answer;
    }

    /** One of which nobody says where it may go goes to hosts that the operator has named. */
    private boolean mayGoTo(String secret, String host) {
        HostPatterns hosts = secrets.hosts(secret);
        return (hosts == null ? namedHosts : hosts).contain(host);
    }

    /** Null when there is none, or none that can be sent. */
    private String withSecret(AgentHeader header) {
        String secret = secrets.find(header.secret());
        return secret == null || !AgentHeader.isSendable(secret) ? null : header.value() + secret;
    }

    /** Takes a reply with a status of 2xx. */
    @FunctionalInterface
    interface Next {
        void take(HttpReply reply);
    }

    /** Posts a body, following redirects; what is not 2xx completes the answer. */
    void post(HttpRequest.Builder request, URI url, String body, int maxBytes, AnswerFuture answer, Next next) {
        post(request, url, body, maxBytes, answer, next, 0);
    }

    private void post(
            HttpRequest.Builder request,
            URI url,
            String body,
            int maxBytes,
            AnswerFuture answer,
            Next next,
            int redirects) {
        HttpRequest post =
                request.copy().uri(url).POST(SentBody.of(body, answer::asked)).build();
        answer.then(
                calls.send(post, maxBytes),
                reply -> {
                    if (reply.isOk()) {
                        next.take(reply);
                        return;
                    }
                    URI target = redirects < MAX_REDIRECTS ? target(reply, url) : null;
                    if (target == null) {
                        answer.complete(reply.refusal(""));
                    } else {
                        post(request, target, body, maxBytes, answer, next, redirects + 1);
                    }
                },
                failure -> answer.withoutReply(HttpCalls.failure(failure)));
    }

    /**
     * Where the request is to be sent instead; null for nowhere, and for another origin: credentials are not sent
     * there.
     */
    private static URI target(HttpReply reply, URI from) {
        // After 303 (See Other) the request would have to be a GET, without the input.
        boolean redirect =
                switch (reply.status()) {
                    case 301, 302, 307, 308 -> true;
                    default -> false;
                };
        String location = redirect ? reply.headers().firstValue("location").orElse(null) : null;
        if (location == null) {
            return null;
        }
        try {
            URI target = from.resolve(new URI(location));
            boolean sameOrigin = Objects.equals(target.getScheme(), from.getScheme())
                    && from.getHost().equalsIgnoreCase(target.getHost())
                    && target.getPort() == from.getPort()
                    && target.getRawUserInfo() == null;
            return sameOrigin ? target : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
