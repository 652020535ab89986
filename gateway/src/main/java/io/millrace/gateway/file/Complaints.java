package io.millrace.gateway.file;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says that something is wrong when it begins, and again each minute while it lasts and is met. */
public final class Complaints {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private boolean said;
    private long saidAt;

    /** @param nanos the clock */
    public Complaints(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
    }

    public synchronized void say(String what) {
        long now = nanos.getAsLong();
        if (!said || now - saidAt >= EVERY_NANOS) {
            said = true;
            saidAt = now;
            log.accept(what);
        }
    }

    /** Nothing is wrong any more, or something else is. */
    public synchronized void over() {
        said = false;
    }
}
