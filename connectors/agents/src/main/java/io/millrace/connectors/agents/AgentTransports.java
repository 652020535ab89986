package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All transports of a task: each call goes to that of its agent's kind. */
public final class AgentTransports implements AutoCloseable {
    /** What {@code transport.kind} of a definition may say. */
    public static final Set<String> KINDS = TransportKind.ALL.keySet();

    private static final Logger LOG = LoggerFactory.getLogger(AgentTransports.class);

    private final Map<String, AgentTransport> byKind = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<AgentAnswer>> underWay = ConcurrentHashMap.newKeySet();

    private AgentTransports() {}

    /**
     * Opens them. Agents and servers are not looked for before the first call.
     *
     * @throws IllegalStateException when the settings contradict what is there, such as a secret that does not exist
     */
    public static AgentTransports open(TransportSettings settings) {
        AgentTransports transports = new AgentTransports();
        Path directory = settings.secretsDirectory() == null ? null : Path.of(settings.secretsDirectory());
        TransportContext context = new TransportContext(settings, new Secrets(directory, System.getenv()), transports);
        try {
            TransportKind.ALL.forEach(
                    (name, kind) -> transports.byKind.put(name, kind.opener().open(context)));
            return transports;
        } catch (RuntimeException | Error e) {
            transports.close();
            throw e;
        }
    }

    /**
     * What is wrong with how a definition says that its agent is reached, beginning with the field's name; null when
     * nothing is. A function of the definition alone.
     */
    public static String problem(Transport transport) {
        TransportKind kind = TransportKind.ALL.get(transport.kind());
        if (kind == null) {
            return "transport.kind: must be one of "
                    + String.join(", ", KINDS.stream().sorted().toList());
        }
        try {
            kind.settings().read(transport.settings());
            return null;
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    /** Whether the job's settings say how to reach agents of the kind. */
    public boolean reaches(String kind) {
        AgentTransport transport = byKind.get(kind);
        return transport != null && transport.isConfigured();
    }

    /** As {@link AgentTransport#call}, and timed out when the attempt's timeout or deadline has passed. */
    public CompletableFuture<AgentAnswer> call(AgentAttempt attempt) {
        AgentTransport transport = byKind.get(attempt.transport().kind());
        if (transport == null) {
            return AnswerFuture.of(AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, problem(attempt.transport())));
        }
        try {
            AnswerFuture answer = transport.call(attempt);
            if (!answer.isDone()) {
                underWay.add(answer);
                answer.whenComplete((done, failure) -> underWay.remove(answer));
                long now = System.currentTimeMillis();
                answer.within(CallHeaders.deadline(attempt, now) - now);
            }
            return answer;
        } catch (RuntimeException e) {
            // Not the exception itself: its message may hold what the agent was sent.
            LOG.error("attempt {} could not be made: {}", attempt.attemptId(), describe(e));
            return AnswerFuture.of(AgentAnswer.broken(e));
        }
    }

    private static String describe(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** How many calls have no answer yet. */
    public int underWay() {
        return underWay.size();
    }

    /** Aborts what is under way: each call that has no answer yet is given one. */
    @Override
    public void close() {
        underWay.forEach(
                answer -> answer.complete(AgentAnswer.retryable(AgentErrorCode.UNREACHABLE, "the call was given up")));
        byKind.values().forEach(AgentTransport::close);
        byKind.clear();
    }
}
