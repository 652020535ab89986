package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentAttempt;

/** How agents of one kind are reached. One instance per task: called from the task's thread, which it never blocks. */
public interface AgentTransport extends AutoCloseable {

    /**
     * Makes one physical call.
     *
     * @return never fails: what goes wrong is an answer. {@link AgentTransports} bounds the call by the attempt's
     *     timeout and deadline; cancelling the future, or completing it, aborts the call and frees what it holds. It is
     *     told when the agent {@linkplain AnswerFuture#asked() is asked}
     */
    AnswerFuture call(AgentAttempt attempt);

    /** Whether the job's settings say how to reach such agents. */
    default boolean isConfigured() {
        return true;
    }

    /** Frees all it has. Nothing is under way by then. */
    @Override
    void close();
}
