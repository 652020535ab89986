package io.millrace.gateway.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file says. It is looked at again every few seconds, with the files that it names; while it is wrong or gone, which
 * is said in the log for as long as it is, what it said before stays.
 *
 * @param <T> what it says
 */
public final class WatchedFile<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Path file;
    private final String what;
    private final Reader<T> reader;
    private final LongSupplier nanos;
    private final Complaints complaints;
    private volatile T value;
    private Set<Path> read = Set.of();
    private Map<Path, Object> modified;
    private long looked;
    private boolean bad;

    /** Reads a file. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @param named takes the files that it names
         * @throws IllegalArgumentException saying what is wrong with it
         */
        T read(Path file, Consumer<Path> named);
    }

    /**
     * @param what is in it, for the log: {@code keys}
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public WatchedFile(Path file, String what, Reader<T> reader) {
        this(file, what, reader, System::nanoTime, LOG::error);
    }

    /**
     * @param nanos the clock
     * @param log is told what is wrong with the file later
     */
    public WatchedFile(Path file, String what, Reader<T> reader, LongSupplier nanos, Consumer<String> log) {
        this.file = file;
        this.what = what;
        this.reader = reader;
        this.nanos = nanos;
        complaints = new Complaints(nanos, log);
        looked = nanos.getAsLong();
        value = read();
        modified = modified();
    }

    private T read() {
        Set<Path> named = new HashSet<>(Set.of(file));
        try {
            return reader.read(file, named::add);
        } finally {
            read = named;
        }
    }

    /** What it says now. */
    public T get() {
        refresh();
        return value;
    }

    private synchronized void refresh() {
        if (nanos.getAsLong() - looked < LOOK_EVERY_NANOS) {
            return;
        }
        looked = nanos.getAsLong();
        Map<Path, Object> now = modified();
        if (!now.equals(modified)) {
            if (now.get(file) != null) {
                complaints.over();
            }
            reload();
            // As it was before it was read: what changes meanwhile is seen next time.
            Map<Path, Object> before = now;
            now = modified();
            now.replaceAll((path, time) -> before.getOrDefault(path, time));
        } else if (bad) {
            reload();
        }
        modified = now;
    }

    private void reload() {
        try {
            value = read();
            bad = false;
            LOG.info("Read {} again: {}", file, what);
        } catch (IllegalArgumentException e) {
            bad = true;
            complaints.say("The " + what + " stay as they were, for their file is wrong: " + e.getMessage());
        }
    }

    /** When each was written last; null for one that is gone. */
    private Map<Path, Object> modified() {
        Map<Path, Object> times = new HashMap<>();
        for (Path one : read) {
            try {
                times.put(one, Files.getLastModifiedTime(one));
            } catch (IOException e) {
                times.put(one, null);
            }
        }
        return times;
    }
}
