package io.millrace.logic.task;

import io.millrace.schema.wire.SourceRecord;
import java.util.UUID;

/**
 * An event that came before the {@code task.created} of its task.
 *
 * @param until when it becomes a dead letter, log time, milliseconds since the epoch
 */
record Waiting(UUID eventId, String taskId, long until, SourceRecord source) {}
