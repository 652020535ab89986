package io.millrace.bench.recovery;

import java.time.Duration;
import java.util.Map;

/**
 * What to kill, and under what load.
 *
 * @param stateBytes of the job before the first kill
 * @param perSecond tasks created each second meanwhile
 * @param rounds kills
 * @param standby whether another TaskManager waits; else one is started at the kill
 * @param slots parallelism
 * @param checkpoints their interval
 * @param flink settings of Flink's
 */
public record RecoverySettings(
        long stateBytes,
        double perSecond,
        int rounds,
        boolean standby,
        int slots,
        Duration checkpoints,
        Map<String, String> flink) {

    public RecoverySettings {
        flink = Map.copyOf(flink);
    }
}
