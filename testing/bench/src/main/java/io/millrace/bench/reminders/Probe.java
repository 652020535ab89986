package io.millrace.bench.reminders;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes tasks of different users at an even pace until it is closed, to see how long each is on its way. */
final class Probe implements AutoCloseable {
    /** How the ids of its tasks begin. */
    static final String TASK = "probe-";

    private static final int USERS = 10_000;

    private final TaskFeed feed;
    private final long everyNanos;
    private final Thread thread = new Thread(this::publish, "probe");
    private volatile boolean closed;

    Probe(String bootstrapServers, String topic, long everyMillis) {
        feed = new TaskFeed(bootstrapServers, topic, 0);
        everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMillis);
        thread.start();
    }

    private void publish() {
        long start = System.nanoTime();
        long due = System.currentTimeMillis() + Duration.ofDays(30).toMillis();
        for (int i = 0; !closed; i++) {
            LockSupport.parkNanos(start + i * everyNanos - System.nanoTime());
            feed.publish(TASK + i % USERS, TASK + i, "Probe", due);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        feed.close();
    }
}
