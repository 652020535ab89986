package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * How a roll-out is.
 *
 * @param dueAt when it may go on; null when nothing is due
 * @param waits what it waits for; null for nothing
 */
@Event(
        type = "rollout.status",
        description = "How a roll-out is. Published by the rollout job; the latest one of a flag counts.",
        id = "uuid5 of flag, log time and revision.",
        maxBytes = 128 * 1024)
public record RolloutStatus(
        Envelope envelope,
        @Field(title = "Roll-out", description = "Its name.", max = Names.MAX, example = "\"checkout-v2\"")
                String rollout,
        @Field(title = "Flag", description = "Its key.", max = Names.MAX, example = "\"checkout\"") String flag,
        @Field(title = "Phase", description = "Where it is in its life.", example = "\"running\"") RolloutPhase phase,
        @Field(title = "Percentage", description = "How many of 100 get the new variant.", max = 100, example = "25")
                int percent,
        @Field(title = "Step", description = "Which step it is in, from 1; 0 before the first.", example = "3")
                int step,
        @Field(
                        title = "Percentages of the steps",
                        description = "One after the other.",
                        max = RolloutDefined.MAX_STEPS + 1,
                        example = "[5, 10, 25, 50, 75, 100]")
                List<Integer> steps,
        @Field(title = "Revision", description = "Counts what was done to the flag.", example = "3") long revision,
        @Field(title = "Since", description = "When the step or the phase began, by the log.") Instant since,
        @Field(title = "Due at", description = "When it may go on.", optional = true) Instant dueAt,
        @Field(
                        title = "Waits",
                        description = "What it waits for; absent for nothing.",
                        max = 1_000,
                        optional = true,
                        example = "\"no signal of the old variant came\"")
                String waits,
        @Field(title = "Frozen", description = "Whether it is frozen.", example = "false") boolean frozen,
        @Field(
                        title = "Sample ratio",
                        description = "Whether the variants' shares of requests are off.",
                        example = "false")
                boolean sampleRatioOff,
        @Field(
                        title = "Evidence",
                        description = "What is known of each metric.",
                        max = RolloutDefined.MAX_METRICS,
                        example = "[]")
                List<Evidence> evidence,
        @Field(
                        title = "Path",
                        description = "How near the metric that is nearest was to a roll-back, the latest last: 1 is a"
                                + " roll-back.",
                        max = MAX_PATH,
                        example = "[0.1, 0.2]")
                List<Double> path) {

    public static final int MAX_PATH = 60;

    private static final EventType<RolloutStatus> TYPE = EventType.of(RolloutStatus.class);

    /** @throws RejectedEventException when the record holds none */
    public static RolloutStatus read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
