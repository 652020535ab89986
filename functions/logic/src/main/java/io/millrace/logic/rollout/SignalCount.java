package io.millrace.logic.rollout;

import io.millrace.logic.analytics.Histogram;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one source told of one flag in one interval, while it is counted. Components are only ever appended.
 *
 * @param variants by name
 * @param ids how many ids of signals are remembered for it
 */
public record SignalCount(Map<String, Variant> variants, long dropped, int ids) {
    public static final SignalCount EMPTY = new SignalCount(Map.of(), 0, 0);

    /** Beyond that, signals that come again within an interval are counted again. */
    public static final int MAX_IDS = 100_000;

    private static final UUID COUNTS = UUID.fromString("d2b9c0f4-7a1e-5f38-94c6-51e0b7a8d362");

    /** The same after a signal. */
    public SignalCount with(HealthSignal signal) {
        Variant before = variants.get(signal.variant());
        if (before == null && variants.size() == HealthCounted.MAX_VARIANTS) {
            return new SignalCount(variants, dropped + 1, ids + 1);
        }
        Map<String, Long> counts = new TreeMap<>(before == null ? Map.of() : before.counts());
        boolean isWhole = true;
        for (Map.Entry<String, Long> count : signal.counts().entrySet()) {
            boolean hasRoom = counts.size() < HealthSignal.MAX_COUNTS || counts.containsKey(count.getKey());
            isWhole &= hasRoom;
            if (hasRoom) {
                counts.merge(count.getKey(), count.getValue(), Long::sum);
            }
        }
        Variant known = before == null ? new Variant(signal.variant(), 0, 0, List.of(), Map.of(), 0, 0, 0, 0) : before;
        Map<String, Variant> after = new TreeMap<>(variants);
        after.put(signal.variant(), checked(known, signal, counts));
        return new SignalCount(Map.copyOf(after), dropped + (isWhole ? 0 : 1), ids + 1);
    }

    private static Variant checked(Variant known, HealthSignal signal, Map<String, Long> counts) {
        boolean isCheck = signal.checkPassed() != null;
        boolean hasFailed = isCheck && !signal.checkPassed();
        boolean allFailed = known.failedFirst() == known.checks();
        long last = !isCheck ? known.failedLast() : hasFailed ? known.failedLast() + 1 : 0;
        return new Variant(
                known.variant(),
                known.requests() + signal.count(),
                known.errors() + signal.errors(),
                latencies(known, signal).bins(),
                Map.copyOf(counts),
                known.checks() + (isCheck ? 1 : 0),
                known.failedFirst() + (hasFailed && allFailed ? 1 : 0),
                last,
                Math.max(known.failedLongest(), last));
    }

    private static Histogram latencies(Variant known, HealthSignal signal) {
        Histogram before = Histogram.of(known.latencyBins());
        return signal.latencyMs() == null
                ? before.plus(Histogram.of(signal.latencyBins()))
                : before.with(signal.latencyMs());
    }

    /** @param from when the interval began, milliseconds since the epoch; {@code millis} how long it is */
    public HealthCounted event(String flag, String source, long from, long millis) {
        UUID id = Uuid5.of(COUNTS, flag + '\n' + source + '\n' + from);
        return new HealthCounted(
                new Envelope(
                        id, "health.counted", Instant.ofEpochMilli(from + millis), Envelope.DEFAULT_TENANT, null, null),
                flag,
                source,
                Instant.ofEpochMilli(from),
                millis,
                variants.values().stream()
                        .sorted(Comparator.comparing(Variant::variant))
                        .toList(),
                dropped);
    }
}
