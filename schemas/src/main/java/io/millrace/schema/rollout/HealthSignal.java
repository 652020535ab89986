package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.Map;

/**
 * What a service tells of requests that it answered with one variant of a flag: of one, or of many that it has counted.
 *
 * @param requests null for one
 * @param latencyMs of the one request; null when it is not known
 * @param checkPassed of a health check; null when it is none
 */
@Event(
        type = "health.signal",
        description =
                "How requests went that were answered with one variant of a flag: one request, or counts of many. When they"
                        + " were is taken from the log, not from `occurred_at`.",
        id = "Any; the same when the signal is sent again, so that it is counted once.",
        maxBytes = 64 * 1024)
public record HealthSignal(
        Envelope envelope,
        @Field(title = "Flag", description = "Its key.", min = 1, max = Names.MAX, example = "\"checkout\"")
                String flag,
        @Field(
                        title = "Variant",
                        description = "The variant that the requests were answered with.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"new\"")
                String variant,
        @Field(
                        title = "Source",
                        description = "Who tells it; a roll-out's definition says whose signals count.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout-service\"")
                String source,
        @Field(
                        title = "Requests",
                        description = "How many requests; default: 1. 0 for a check alone.",
                        max = 1_000_000_000,
                        optional = true,
                        example = "1")
                Long requests,
        @Field(
                        title = "Errors",
                        description = "How many of them failed.",
                        max = 1_000_000_000,
                        optional = true,
                        example = "0")
                long errors,
        @Field(
                        title = "Latency",
                        description = "Milliseconds that the one request took.",
                        max = MAX_LATENCY_MS,
                        optional = true,
                        example = "87")
                Long latencyMs,
        @Field(
                        title = "Latencies",
                        description = LatencyBins.DESCRIPTION,
                        max = LatencyBins.MAX,
                        optional = true,
                        example = "[]")
                List<Long> latencyBins,
        @Field(
                        title = "Counts",
                        description = "Other things that happened in these requests, by name; at most one of each in a"
                                + " request.",
                        max = MAX_COUNTS,
                        optional = true,
                        example = "{\"order_placed\": 1}")
                Map<String, Long> counts,
        @Field(
                        title = "Check passed",
                        description = "Of a health check of the variant: whether it passed.",
                        optional = true,
                        example = "true")
                Boolean checkPassed) {

    public static final int MAX_COUNTS = 10;
    public static final long MAX_LATENCY_MS = 3_600_000;

    private static final EventType<HealthSignal> TYPE = EventType.of(HealthSignal.class);

    public HealthSignal {
        Names.require("flag", flag);
        Names.require("variant", variant);
        Names.require("source", source);
        long most = requests == null ? 1 : requests;
        if (errors > most) {
            throw new IllegalArgumentException("errors: must not be more than requests");
        }
        if (latencyMs != null && (most != 1 || !latencyBins.isEmpty())) {
            throw new IllegalArgumentException("latency_ms: is of one request; of several there are latency_bins");
        }
        LatencyBins.require(latencyBins, most);
        counts.forEach((name, count) -> {
            if (name.isEmpty() || name.length() > Names.MAX) {
                throw new IllegalArgumentException("counts: names must have 1 to " + Names.MAX + " characters");
            }
            if (count > most) {
                throw new IllegalArgumentException("counts: must not be more than requests");
            }
        });
    }

    /** How many requests it tells of. */
    public long count() {
        return requests == null ? 1 : requests;
    }

    /** @throws RejectedEventException when the record holds none */
    public static HealthSignal read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
