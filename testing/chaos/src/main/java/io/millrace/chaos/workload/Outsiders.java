package io.millrace.chaos.workload;

import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.kafka.TopicProbe;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Services and people on whom a job depends, on a thread of their own, outside of what is killed. */
public abstract class Outsiders implements AutoCloseable {
    private static final long END_MILLIS = 20_000;

    private final String who;
    /** Of their thread alone. */
    protected final TopicProbe probe;

    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean ended;

    /** @param topics that they read, or write to */
    protected Outsiders(String who, String bootstrapServers, List<TopicSpec> topics) {
        this.who = who;
        this.probe = new TopicProbe(bootstrapServers, topics);
        this.thread = new Thread(this::serve, who);
        thread.setDaemon(true);
    }

    /** Has them begin: the last that a constructor does. */
    protected final void start() {
        thread.start();
    }

    /** What they do whenever something may have come. */
    protected abstract void act();

    private void serve() {
        try {
            while (!ended) {
                probe.poll();
                act();
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
        } finally {
            probe.close();
        }
    }

    /** @throws IllegalStateException when they gave up, so that nothing that was judged would mean anything */
    public final void requireWell() {
        if (failure.get() != null) {
            throw new IllegalStateException("the " + who + " gave up", failure.get());
        }
    }

    @Override
    public final void close() {
        ended = true;
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
