package io.millrace.schema.analytics;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A row of a table of figures, as it is known so far. The latest one of a row counts. */
@Event(
        type = "analytics.counted",
        description =
                "The figures of a tenant and an hour or a day, as known so far: of several events with one key the"
                        + " latest counts. Published by the analytics job.",
        id = "uuid5 of table, tenant, period, start, dimensions and revision; the same when it is published again.")
public record FiguresCounted(
        Envelope envelope,
        @Field(title = "Table", description = "Which figures they are, see docs/analytics.md.", example = "\"tasks\"")
                FigureTable figureTable,
        @Field(title = "Period", description = "How long the time is that they are of.", example = "\"hour\"")
                Period period,
        @Field(title = "Start", description = "When it begins.", example = "\"2026-12-02T07:00:00.000Z\"")
                Instant start,
        @Field(
                        title = "Dimensions",
                        description = "What they are of besides, by name; without personal data.",
                        max = 10,
                        example = "{\"priority\": \"P1\"}")
                Map<String, String> dimensions,
        @Field(
                        title = "Status",
                        description = "open while the time is not over; closed when it is, with what came late allowed"
                                + " for; corrected when something came even later.",
                        example = "\"open\"")
                Status status,
        @Field(title = "Revision", description = "Counts the events of the row from 1.", min = 1, example = "3")
                long revision,
        @Field(
                        title = "Sums",
                        description = "Figures that are sums, by name.",
                        max = 100,
                        example = "{\"created\": 12}")
                Map<String, Long> sums,
        @Field(title = "Distributions", description = "Figures that are distributions, by name.", max = 100)
                Map<String, Distribution> distributions) {

    /** What is told of a distribution besides its bins, by the ends of its columns' names. */
    public static final Map<String, ToLongFunction<Distribution>> PARTS = parts();

    private static final EventType<FiguresCounted> TYPE = EventType.of(FiguresCounted.class);

    private static Map<String, ToLongFunction<Distribution>> parts() {
        Map<String, ToLongFunction<Distribution>> parts = new LinkedHashMap<>();
        parts.put("count", Distribution::count);
        parts.put("p50", Distribution::p50);
        parts.put("p95", Distribution::p95);
        parts.put("p99", Distribution::p99);
        parts.put("max", Distribution::max);
        return Collections.unmodifiableMap(parts);
    }

    /** How final a row is. */
    public enum Status {
        OPEN,
        CLOSED,
        CORRECTED
    }

    /**
     * How values are distributed. Quantiles are true to 1 %.
     *
     * @param bins pairs of a bin's number and how many values are in it: 0 is for nothing but 0, and {@code i} for values
     *     above 1.02<sup>i-2</sup> and up to 1.02<sup>i-1</sup>. Bins of rows can be added up
     */
    public record Distribution(
            @Field(title = "Count", description = "How many values there are.", example = "2") long count,
            @Field(title = "p50", description = "The median.", example = "12") long p50,
            @Field(title = "p95", description = "What 95 % do not exceed.", example = "20") long p95,
            @Field(title = "p99", description = "What 99 % do not exceed.", example = "20") long p99,
            @Field(title = "Maximum", description = "The largest.", example = "20") long max,
            @Field(
                            title = "Bins",
                            description =
                                    "Pairs of a bin's number and how many values are in it: bin 0 holds zeros, bin i"
                                            + " those above 1.02^(i-2) up to 1.02^(i-1).",
                            max = 5_000,
                            example = "[127, 1, 153, 1]")
                    List<Long> bins) {}

    /** @throws RejectedEventException when the record holds none */
    public static FiguresCounted read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The values of the table's dimensions, in their order; of one that is missing, an empty text. */
    public List<String> dimensionValues() {
        return figureTable.dimensions().stream()
                .map(dimension -> dimensions.getOrDefault(dimension.name(), ""))
                .toList();
    }

    /** The key of the row, such as {@code tasks/hour/2026-12-02T07:00:00Z/acme/P1}. */
    public String key() {
        return key(figureTable, period, start.toEpochMilli(), envelope.tenant(), dimensionValues());
    }

    /**
     * The key of a row.
     *
     * @param start milliseconds since the epoch
     * @param dimensions the values of the table's dimensions, in their order
     */
    public static String key(FigureTable table, Period period, long start, String tenant, List<String> dimensions) {
        StringBuilder key = new StringBuilder(table.tableName())
                .append('/')
                .append(EventType.wireName(period))
                .append('/')
                .append(Instant.ofEpochMilli(start))
                .append('/')
                .append(RecordKey.part(tenant));
        dimensions.forEach(dimension -> key.append('/').append(RecordKey.part(dimension)));
        return key.toString();
    }
}
