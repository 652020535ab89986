package io.millrace.schema.task;

import io.millrace.schema.wire.SourceRecord;

/**
 * An accepted event together with the record it was read from, which is needed should it become a dead letter later.
 */
public record IncomingTask(TaskEvent event, SourceRecord source) {}
