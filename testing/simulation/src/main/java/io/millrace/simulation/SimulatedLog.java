package io.millrace.simulation;

import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.util.ArrayList;
import java.util.List;

/** The topic {@code task-events}: partitions of records, each stamped when it is appended. */
final class SimulatedLog {
    private final List<List<SourceRecord>> partitions = new ArrayList<>();

    SimulatedLog(int partitions) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    int partitions() {
        return partitions.size();
    }

    /** The partition of a user's events, as long as producers agree on it. */
    int partitionOf(String userId) {
        return Math.floorMod(userId.hashCode(), partitions.size());
    }

    SourceRecord append(int partition, byte[] key, byte[] value, List<RecordHeader> headers, long logTime) {
        List<SourceRecord> records = partitions.get(partition);
        SourceRecord record =
                new SourceRecord(Topics.TASK_EVENTS, partition, records.size(), logTime, key, value, headers);
        records.add(record);
        return record;
    }

    SourceRecord at(int partition, int offset) {
        return partitions.get(partition).get(offset);
    }

    /** The offset that the next record of the partition will have. */
    int end(int partition) {
        return partitions.get(partition).size();
    }

    List<SourceRecord> records(int partition) {
        return partitions.get(partition);
    }
}
