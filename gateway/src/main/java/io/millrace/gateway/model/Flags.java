package io.millrace.gateway.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flags of the topic in memory, by their keys. One thread changes them; any may ask. What is read while something changes is, of each
 * flag, as it was before or after.
 */
public final class Flags {
    /** How many are served. */
    public static final int MAX_FLAGS = 20_000;

    /** How long all definitions may be together, in UTF-16 code units. */
    static final long MAX_LENGTH = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Flags.class);

    private final ConcurrentNavigableMap<String, ServedFlag> byKey = new ConcurrentSkipListMap<>();
    private long length;
    private long high;
    private long low;
    private volatile Version version = Version.of(0, 0, 0);
    private volatile boolean complete;

    /**
     * Which flags there are: the same wherever the same ones are, whatever happened before.
     *
     * @param tag 32 hexadecimal digits
     * @param changedAt when the last one changed, by the log; seconds since the epoch, 0 when that is not known
     */
    public record Version(String tag, long changedAt) {
        private static Version of(long high, long low, long changedAt) {
            return new Version(String.format(Locale.ROOT, "%016x%016x", high, low), changedAt);
        }
    }

    /** Null when there is none. */
    public ServedFlag get(String key) {
        return byKey.get(key);
    }

    /** By their keys, ascending. */
    public Collection<ServedFlag> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** How many can't be evaluated. */
    public long broken() {
        return byKey.values().stream().filter(flag -> flag.problem() != null).count();
    }

    public Version version() {
        return version;
    }

    /** Whether all flags have been read once: before that, one that is not here may be on the topic. */
    public boolean isComplete() {
        return complete;
    }

    void complete(boolean now) {
        complete = now;
    }

    void clear() {
        byKey.clear();
        length = 0;
        high = 0;
        low = 0;
        version = Version.of(0, 0, 0);
    }

    /** Whether there is room for it. */
    boolean takes(ServedFlag flag) {
        ServedFlag before = byKey.get(flag.key());
        return (before != null || byKey.size() < MAX_FLAGS)
                && length + flag.length() - (before == null ? 0 : before.length()) <= MAX_LENGTH;
    }

    /** @param loggedAt milliseconds since the epoch */
    void put(ServedFlag flag, long loggedAt) {
        if (!takes(flag)) {
            LOG.warn("The flag {} is not served: there are too many", flag.key());
            return;
        }
        toggle(byKey.put(flag.key(), flag), -1);
        toggle(flag, 1);
        changed(loggedAt);
        if (flag.problem() != null) {
            LOG.warn("The flag {} can't be evaluated; its evaluations say why", flag.key());
        }
    }

    void remove(String key, long loggedAt) {
        toggle(byKey.remove(key), -1);
        changed(loggedAt);
    }

    /** Digests of all, added without carry: so the order in which they came does not count. */
    private void toggle(ServedFlag flag, int sign) {
        if (flag != null) {
            length += (long) sign * flag.length();
            high ^= flag.high();
            low ^= flag.low();
        }
    }

    private void changed(long loggedAt) {
        version = Version.of(high, low, Math.max(version.changedAt(), loggedAt / 1_000));
    }
}
