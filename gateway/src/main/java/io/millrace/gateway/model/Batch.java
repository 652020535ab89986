package io.millrace.gateway.model;

import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.Map;

/**
 * What was read of the log at a time.
 *
 * @param records those of a partition in their order
 * @param next for each partition that was read the position of what comes next
 */
public record Batch(List<SourceRecord> records, Map<LogPartition, Long> next) {}
