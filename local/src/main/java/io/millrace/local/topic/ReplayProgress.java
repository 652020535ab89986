package io.millrace.local.topic;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far the dead letters of one partition have been put back. What is before {@code base} is done whatever its code;
 * {@code byCode} says how far it has been done for one code alone, by {@code replay --only}. Kept as the committed
 * offset and its metadata, so that an offset tool shows it and nothing but Kafka has to remember it.
 */
record ReplayProgress(long base, Map<String, Long> byCode) {

    ReplayProgress {
        byCode = new TreeMap<>(byCode);
        long done = base;
        byCode.values().removeIf(offset -> offset <= done);
    }

    /** @param committed null when nothing was committed yet */
    static ReplayProgress of(OffsetAndMetadata committed, long beginning) {
        if (committed == null) {
            return new ReplayProgress(beginning, Map.of());
        }
        Map<String, Long> byCode = new TreeMap<>();
        for (String entry : committed.metadata().split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                byCode.put(entry.substring(0, equals), Long.parseLong(entry.substring(equals + 1)));
            }
        }
        return new ReplayProgress(Math.max(beginning, committed.offset()), byCode);
    }

    OffsetAndMetadata toCommit() {
        StringBuilder metadata = new StringBuilder();
        byCode.forEach((code, offset) ->
                metadata.append(code).append('=').append(offset).append(';'));
        return new OffsetAndMetadata(base, metadata.toString());
    }

    boolean isDone(long offset, String code) {
        return offset < byCode.getOrDefault(code, base);
    }

    /** Everything before {@code end} is done; with {@code only}, everything of that code. */
    ReplayProgress upTo(long end, String only) {
        if (only == null) {
            return new ReplayProgress(end, byCode);
        }
        Map<String, Long> more = new TreeMap<>(byCode);
        more.merge(only, end, Math::max);
        return new ReplayProgress(base, more);
    }
}
