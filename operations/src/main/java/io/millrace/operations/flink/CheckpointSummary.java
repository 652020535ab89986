package io.millrace.operations.flink;

import java.time.Instant;

/**
 * The checkpoints of a job since it was submitted.
 *
 * @param completed number of completed checkpoints
 * @param failed number of failed ones
 * @param restored how often the job was restored from a checkpoint or savepoint
 * @param lastAt when the newest completed one was triggered; null when there is none yet
 * @param lastBytes full size of its state; 0 when there is none
 * @param lastPath where it lies; null when there is none
 * @param restoredFrom what the job was restored from last; null when it started without state
 */
public record CheckpointSummary(
        long completed,
        long failed,
        long restored,
        Instant lastAt,
        long lastBytes,
        String lastPath,
        String restoredFrom) {}
