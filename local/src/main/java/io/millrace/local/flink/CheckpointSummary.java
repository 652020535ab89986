package io.millrace.local.flink;

import java.time.Instant;

/**
 * The newest completed checkpoint of a running job, and how many there were.
 *
 * @param completed number of completed checkpoints since the job started
 * @param failed number of failed ones
 * @param lastAt when the newest one was triggered; null when there is none yet
 * @param lastBytes full size of its state; 0 when there is none
 * @param lastPath where it lies; null when there is none
 * @param restoredFrom what the job was restored from; null when it started without state
 */
public record CheckpointSummary(
        long completed, long failed, Instant lastAt, long lastBytes, String lastPath, String restoredFrom) {}
