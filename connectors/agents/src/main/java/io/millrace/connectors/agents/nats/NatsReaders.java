package io.millrace.connectors.agents.nats;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that reads a connection, and notice of its death. The client expects only connections to fail: a message
 * whose headers are no headers, which anybody on NATS can send, ends its reader by an exception that goes nowhere, and
 * the connection stays open with nobody to read it.
 */
final class NatsReaders extends ThreadPoolExecutor {
    /** Threads end by themselves when the connection has: nobody has to close this. */
    private static final long KEEP_ALIVE_MS = 500;

    private final Runnable died;

    /** @param died called by the thread whose reader has died of what it read; must not block */
    NatsReaders(Runnable died) {
        super(0, Integer.MAX_VALUE, KEEP_ALIVE_MS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "agents-nats-read");
            thread.setDaemon(true);
            return thread;
        });
        this.died = died;
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        super.afterExecute(task, failure);
        if (failure != null || task instanceof Future<?> reader && reader.isDone() && isFailed(reader)) {
            died.run();
        }
    }

    private static boolean isFailed(Future<?> reader) {
        if (reader.isCancelled()) {
            return false;
        }
        try {
            reader.get();
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
