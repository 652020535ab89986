package io.millrace.connectors.agents.java;

import java.util.concurrent.CompletableFuture;

/**
 * An agent in the job's process. It has a public constructor without parameters and is named in
 * {@code META-INF/services/io.millrace.connectors.agents.java.Agent} of a jar on the job's classpath. One instance per
 * task, called by several threads at a time.
 */
public interface Agent extends AutoCloseable {

    /** By which {@code transport.name} of definitions means it. */
    String name();

    /**
     * Called once before the first request. It does not wait: what takes time begins at the first request, or on another
     * thread.
     */
    default void open(AgentContext context) {}

    /**
     * Answers a request, which may be made again after a failure or a crash: under the same
     * {@linkplain AgentRequest#idempotencyKey() idempotency key}. It is called on one of its few threads: what takes
     * long, and is to be done often at a time, has to return a future and do its work elsewhere. When nobody waits for
     * the answer any longer the thread is interrupted, or the future cancelled.
     *
     * @return one JSON value as text
     * @throws AgentFailure when the agent chooses how the attempt ended, also as the failure of the future; anything
     *     else counts as {@code agent_failed}, which is not tried again
     */
    CompletableFuture<String> call(AgentRequest request) throws Exception;

    @Override
    default void close() {}
}
