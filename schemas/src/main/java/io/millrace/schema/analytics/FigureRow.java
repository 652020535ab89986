package io.millrace.schema.analytics;

import io.millrace.schema.lake.Column;
import java.time.Instant;
import java.util.Map;

/**
 * A row of figures as it was told, as the lake keeps it. Texts are without personal data.
 *
 * @param after the last offset of the partition that a row was made of before this one, or -1; not kept
 */
public record FigureRow(
        @Column("Which figures they are, such as tasks.") String figureTable,
        @Column("The row: of several with one key the one with the latest log_time counts.") String rowKey,
        @Column("Whose they are.") String tenant,
        @Column("How long the time is that they are of: hour or day.") String period,
        @Column("When it begins.") Instant start,
        @Column("What they are of besides, by name.") Map<String, String> dimensions,
        @Column("open, closed or corrected.") String status,
        @Column("Counts what was told of the row, from 1.") long revision,
        @Column("The figures by name; of distributions the count, quantiles and maximum.") Map<String, Long> figures,
        @Column("Of distributions, how many values are in each bin.") Map<String, Map<Integer, Long>> bins,
        @Column("When it was told.") Instant updatedAt,
        @Column("The topic that it came on.") String topic,
        @Column("The partition of the topic.") int partition,
        @Column("The offset in the partition.") long offset,
        @Column("When the broker appended it.") Instant logTime,
        long after) {}
