package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What one source told of one flag in one interval of the log. */
@Event(
        type = "health.counted",
        description =
                "What one source told of the variants of a flag in an interval of the log. Published by the rollout job,"
                        + " which decides by these; published again after a crash it has the same `event_id`.",
        id = "uuid5 of flag, source and the beginning of the interval.",
        maxBytes = 900 * 1024)
public record HealthCounted(
        Envelope envelope,
        @Field(title = "Flag", description = "Its key.", min = 1, max = Names.MAX, example = "\"checkout\"")
                String flag,
        @Field(
                        title = "Source",
                        description = "Who told it.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout-service\"")
                String source,
        @Field(title = "From", description = "When the interval began, by the log.") Instant from,
        @Field(
                        title = "Milliseconds",
                        description = "How long the interval is.",
                        min = 1,
                        max = 3_600_000,
                        example = "60000")
                long millis,
        @Field(title = "Variants", description = "What was told of each.", max = MAX_VARIANTS, example = "[]")
                List<Variant> variants,
        @Field(
                        title = "Dropped",
                        description =
                                "How many signals told of more variants, or counted more things, than are followed.",
                        example = "0")
                long dropped)
        implements RolloutInput {

    public static final int MAX_VARIANTS = 10;

    private static final EventType<HealthCounted> TYPE = EventType.of(HealthCounted.class);

    /**
     * What was told of a variant.
     *
     * @param failedFirst how many checks had failed when the first passed, or all when none did
     * @param failedLast how many checks have failed since the last passed, or all when none did
     * @param failedLongest how many checks failed in a row at most
     */
    public record Variant(
            @Field(min = 1, max = Names.MAX) String variant,
            @Field long requests,
            @Field long errors,
            @Field(max = LatencyBins.MAX) List<Long> latencyBins,
            @Field(max = HealthSignal.MAX_COUNTS) Map<String, Long> counts,
            @Field long checks,
            @Field long failedFirst,
            @Field long failedLast,
            @Field long failedLongest) {

        public Variant {
            if (errors > requests || requests < 0) {
                throw new IllegalArgumentException("errors: must not be more than requests");
            }
            LatencyBins.require(latencyBins, requests);
        }
    }

    public HealthCounted {
        Names.require("flag", flag);
        Names.require("source", source);
    }

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
