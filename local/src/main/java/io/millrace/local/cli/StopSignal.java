package io.millrace.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Turns Ctrl-C and a request to terminate into an orderly end; the second one ends the process at once. A shutdown hook
 * would be too late: those of Flink and Kafka run at the same time and take away what a clean stop needs.
 */
final class StopSignal {

    private static final int KILLED = 130;

    private final CountDownLatch received = new CountDownLatch(1);

    static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> stop.onSignal());
        }
        return stop;
    }

    private void onSignal() {
        if (received.getCount() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
        received.countDown();
    }

    /** Waits that long at most. @return whether to stop */
    boolean await(Duration time) {
        try {
            return received.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    boolean isReceived() {
        return received.getCount() == 0;
    }
}
