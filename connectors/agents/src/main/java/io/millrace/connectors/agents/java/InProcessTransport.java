package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.SettingsCache;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.http.Network;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agents on the job's own classpath, each on threads of its own: one that holds them up holds up itself only. */
public final class InProcessTransport implements AgentTransport {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessTransport.class);
    private static final int IDLE_SECONDS = 10;

    /** An agent and its threads, of which there are none before the first call and after a while without one. */
    private record Running(Agent agent, ThreadPoolExecutor executor) {}

    private final Map<String, Running> agents = new TreeMap<>();
    private final SettingsCache<InProcessAgent> names = new SettingsCache<>(InProcessAgent::read);
    private final AgentTransports transports;

    /** @throws IllegalStateException when two agents have the same name */
    public InProcessTransport(TransportContext context) {
        this(context, ServiceLoader.load(Agent.class, Thread.currentThread().getContextClassLoader()));
    }

    InProcessTransport(TransportContext context, Iterable<Agent> found) {
        transports = context.transports();
        List<Network> networks = context.settings().egress().networks();
        AgentContext given = new AgentContext(
                context.settings().kafka().client(),
                context.settings().inProcess().settings(),
                context.secrets(),
                networks == null ? List.of() : networks);
        for (Agent agent : found) {
            Running other = agents.get(agent.name());
            if (other != null) {
                throw new IllegalStateException(
                        "both " + other.agent().getClass().getName() + " and "
                                + agent.getClass().getName() + " are called \"" + agent.name() + "\"");
            }
            agent.open(given);
            agents.put(
                    agent.name(),
                    new Running(agent, executor(agent.name(), context.settings().inProcess())));
        }
    }

    private static ThreadPoolExecutor executor(String agent, TransportSettings.InProcess limits) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queued()),
                task -> {
                    Thread thread = new Thread(task, "agent-" + agent + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return names.call(attempt, settings -> {
            String name = settings.name() == null ? attempt.agent() : settings.name();
            Running agent = agents.get(name);
            return agent == null ? AnswerFuture.of(unknown(name)) : call(agent, attempt);
        });
    }

    private AgentAnswer unknown(String name) {
        return AgentAnswer.failed(
                AgentErrorCode.AGENT_FAILED,
                "transport.name: there is no agent \"" + name + "\" on the job's classpath; there are "
                        + String.join(", ", agents.keySet()));
    }

    private AnswerFuture call(Running running, AgentAttempt attempt) {
        AgentRequest request = new AgentRequest(attempt, transports);
        AnswerFuture answer = new AnswerFuture();
        answer.using(request::usage);
        FutureTask<Void> task = new FutureTask<>(() -> run(running.agent(), request, answer), null);
        answer.under(task);
        try {
            running.executor().execute(task);
        } catch (RejectedExecutionException e) {
            answer.complete(
                    AgentAnswer.retryable(AgentErrorCode.OVERLOADED, "too many calls wait for the agent's threads"));
            return answer;
        }
        answer.whenComplete((done, failure) -> {
            // One that has begun is not in the queue, which may be long to search.
            if (!answer.wasAsked()) {
                running.executor().remove(task);
            }
        });
        return answer;
    }

    private static void run(Agent agent, AgentRequest request, AnswerFuture answer) {
        answer.asked();
        try {
            CompletableFuture<String> output = agent.call(request);
            if (output == null) {
                throw new IllegalStateException("the agent returned null");
            }
            answer.then(
                    output,
                    json -> answer.complete(AgentAnswer.ofJson(json, request.knownUsage())),
                    failure -> failure(agent, request, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(agent, request, answer, e);
        } catch (Exception | LinkageError | StackOverflowError e) {
            end(agent, request, answer, e);
        }
    }

    private static void end(Agent agent, AgentRequest request, AnswerFuture answer, Throwable failure) {
        // One that was interrupted because nobody waits has not failed.
        if (!answer.isDone()) {
            answer.complete(failure(agent, request, failure));
        }
    }

    private static AgentAnswer failure(Agent agent, AgentRequest request, Throwable failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        if (cause instanceof AgentFailure chosen) {
            return chosen.answer().with(chosen.answer().usage().plus(request.usage()));
        }
        // Not the exception itself: its message may hold what the agent was asked.
        StackTraceElement[] trace = cause.getStackTrace();
        LOG.warn(
                "agent {} failed by {}{}",
                agent.name(),
                cause.getClass().getName(),
                trace.length == 0 ? "" : " at " + trace[0]);
        return AgentAnswer.failed(
                        AgentErrorCode.AGENT_FAILED,
                        "the agent failed by " + cause.getClass().getName())
                .with(request.usage());
    }

    /** How many calls wait for a thread. */
    int waiting() {
        return agents.values().stream()
                .mapToInt(running -> running.executor().getQueue().size())
                .sum();
    }

    @Override
    public void close() {
        agents.values().forEach(running -> running.executor().shutdownNow());
        agents.values().forEach(running -> running.agent().close());
    }
}
