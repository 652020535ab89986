package io.millrace.logic.pii;

/** How much personal data was found, by kind. For one thread. */
public final class PiiCounts {
    private static final PiiType[] TYPES = PiiType.values();

    private final long[] counts = new long[TYPES.length];

    void add(PiiType type) {
        counts[type.ordinal()]++;
    }

    void add(PiiCounts others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
    }

    public long of(PiiType type) {
        return counts[type.ordinal()];
    }

    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Kinds of which something was found, as {@code EMAIL=2 PHONE=1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (PiiType type : TYPES) {
            if (of(type) > 0) {
                text.append(text.length() == 0 ? "" : " ")
                        .append(type)
                        .append('=')
                        .append(of(type));
            }
        }
        return text.toString();
    }
}
