package io.millrace.logic.audit;

import io.millrace.schema.lake.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far the partitions that rows are made of are: what is there, or behind it, was made before. */
final class KnownPositions {
    private final Map<String, SourcePosition> bySource = new HashMap<>();

    /** Goes on from there, where nothing later is known. */
    void from(Iterable<SourcePosition> known) {
        known.forEach(position -> bySource.merge(
                position.source(), position, (one, other) -> one.offset() >= other.offset() ? one : other));
    }

    /** The last row of a partition; null for none. */
    SourcePosition last(String topic, int partition) {
        return bySource.get(SourcePosition.source(topic, partition));
    }

    void reached(SourcePosition position) {
        bySource.put(position.source(), position);
    }

    List<SourcePosition> all() {
        return new ArrayList<>(bySource.values());
    }
}
