package io.millrace.bench.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes tasks of different users at an even pace until it is closed, to see how long each is on its way. */
public final class Probe implements AutoCloseable {
    /** How the ids of its tasks begin. */
    public static final String TASK = "probe-";

    private static final int USERS = 10_000;

    private final TaskFeed feed;
    private final double everyNanos;
    private final Thread thread = new Thread(this::publish, "probe");
    private volatile boolean closed;
    private volatile long published;

    /** @param perSecond tasks a second */
    public Probe(String bootstrapServers, String topic, double perSecond) {
        feed = new TaskFeed(bootstrapServers, topic, 0);
        everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        thread.start();
    }

    private void publish() {
        long start = System.nanoTime();
        long due = System.currentTimeMillis() + Duration.ofDays(30).toMillis();
        for (long i = 0; !closed; i++) {
            LockSupport.parkNanos((long) (start + i * everyNanos) - System.nanoTime());
            feed.publish(TASK + i % USERS, TASK + System.identityHashCode(this) + "-" + i, "Probe", null, due);
            published = i + 1;
        }
    }

    /** How many it has published. */
    public long published() {
        return published;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        feed.close();
    }
}
