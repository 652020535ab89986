package io.millrace.connectors.agents.nats;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.connectors.agents.SettingsCache;
import io.millrace.connectors.agents.StatusAnswers;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Agents that answer requests on NATS: services (ADR-32), which are discovered by name, and plain subscribers of a
 * subject.
 */
public final class NatsTransport implements AgentTransport {
    private static final String ERROR_CODE = "Nats-Service-Error-Code";
    private static final String ERROR = "Nats-Service-Error";
    private static final Pattern HTTP_ERROR = Pattern.compile("[45][0-9]{2}");

    private final SettingsCache<NatsAgent> agents = new SettingsCache<>(NatsAgent::read);
    private final NatsServices services = new NatsServices();
    private final boolean configured;
    private final NatsLink link;

    public NatsTransport(TransportContext context) {
        configured = !context.settings().nats().servers().isEmpty();
        link = new NatsLink(context.settings().nats(), context.secrets());
    }

    @Override
    public boolean isConfigured() {
        return configured;
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return agents.call(attempt, agent -> call(attempt, agent));
    }

    private AnswerFuture call(AgentAttempt attempt, NatsAgent agent) {
        if (!configured) {
            return AnswerFuture.of(
                    AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "the job's configuration names no NATS server"));
        }
        AnswerFuture answer = new AnswerFuture();
        answer.then(
                link.connection(),
                connection -> find(connection, agent, attempt, answer),
                failure -> failure(answer, failure));
        return answer;
    }

    private void find(Connection connection, NatsAgent agent, AgentAttempt attempt, AnswerFuture answer) {
        String subject = agent.subject() == null ? services.known(agent) : agent.subject();
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            answer.complete(unreachable("there is no connection to NATS"));
        } else if (subject == null) {
            discover(connection, agent, attempt, answer);
        } else {
            boolean discovered = agent.subject() == null;
            request(connection, subject, attempt, answer, failure -> {
                if (!discovered || !isUnusable(failure)) {
                    return failure(answer, failure);
                }
                // Nobody was asked: the service may be there under another subject by now.
                services.forget(agent);
                discover(connection, agent, attempt, answer);
                return null;
            });
        }
    }

    private void discover(Connection connection, NatsAgent agent, AgentAttempt attempt, AnswerFuture answer) {
        answer.then(
                ask(connection, NatsServices.question(agent), null, null, attempt),
                info -> {
                    String subject = services.learn(agent, info.getData());
                    if (subject == null) {
                        answer.complete(unreachable("the service has no such endpoint"));
                    } else {
                        request(connection, subject, attempt, answer, failure -> {
                            if (isUnusable(failure)) {
                                services.forget(agent);
                            }
                            return failure(answer, failure);
                        });
                    }
                },
                failure -> failure(answer, failure));
    }

    private static CompletableFuture<Message> ask(
            Connection connection, String subject, Headers headers, byte[] body, AgentAttempt attempt) {
        long now = System.currentTimeMillis();
        Duration timeout = Duration.ofMillis(Math.max(1, CallHeaders.deadline(attempt, now) - now));
        try {
            return connection.requestWithTimeout(subject, headers, body, timeout);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // The connection was lost meanwhile; the client does not take the subject.
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void request(
            Connection connection,
            String subject,
            AgentAttempt attempt,
            AnswerFuture answer,
            Function<Throwable, AgentAnswer> failed) {
        byte[] input = attempt.input().getBytes(StandardCharsets.UTF_8);
        if (input.length > connection.getMaxPayload()) {
            answer.complete(AgentAnswer.failed(
                    AgentErrorCode.AGENT_REJECTED, "the input is larger than NATS is configured to carry"));
            return;
        }
        Headers headers = new Headers();
        CallHeaders.of(attempt, System.currentTimeMillis()).forEach(headers::add);
        CompletableFuture<Message> asking = ask(connection, subject, headers, input, attempt);
        if (!asking.isCompletedExceptionally()) {
            answer.asked();
        }
        answer.then(asking, reply -> answer.complete(answer(reply)), failed);
    }

    private static AgentAnswer answer(Message reply) {
        Headers headers = reply.getHeaders();
        if (headers == null) {
            return AgentAnswer.ofJson(reply.getData(), null);
        }
        String code = headers.getFirst(ERROR_CODE);
        if (code == null && headers.getFirst(ERROR) == null) {
            return AgentAnswer.ofJson(reply.getData(), CallHeaders.usage(headers.getFirst(CallHeaders.USAGE)));
        }
        return code != null && HTTP_ERROR.matcher(code).matches()
                ? StatusAnswers.of(Integer.parseInt(code), 0, "service error " + code)
                : AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "service error");
    }

    private static AgentAnswer failure(AnswerFuture answer, Throwable failure) {
        if (isWithoutResponder(failure)) {
            return unreachable("nobody answers requests on the subject");
        }
        if (failure instanceof IllegalArgumentException) {
            return AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "the subject is not one of NATS");
        }
        if (failure instanceof TimeoutException) {
            return answer.withoutReply(AgentAnswer.timedOut());
        }
        if (failure instanceof AuthenticationException) {
            return AgentAnswer.failed(AgentErrorCode.UNAUTHORIZED, "NATS does not accept the job's credentials");
        }
        return answer.withoutReply(unreachable("there is no connection to NATS"));
    }

    /** Whether nobody was asked, because of the subject. */
    private static boolean isUnusable(Throwable failure) {
        return isWithoutResponder(failure) || failure instanceof IllegalArgumentException;
    }

    private static boolean isWithoutResponder(Throwable failure) {
        return failure instanceof JetStreamStatusException;
    }

    private static AgentAnswer unreachable(String message) {
        return AgentAnswer.retryable(AgentErrorCode.UNREACHABLE, message);
    }

    @Override
    public void close() {
        link.close();
    }
}
