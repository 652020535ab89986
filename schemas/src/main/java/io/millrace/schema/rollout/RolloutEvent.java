package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.UUID;

/**
 * Something that a roll-out did, and why. What is refused before it comes to a flag, as there is no roll-out of that name, or there
 * are too many, is told without one: the key is the roll-out's name, the flag is empty, and the number is 0.
 *
 * @param causeId of the command that wanted it; null when it came of itself
 */
@Event(
        type = "rollout.event",
        description =
                "Something that a roll-out did, and why. Published by the rollout job; sent again after a crash it has the same"
                        + " `event_id`.",
        id = "uuid5 of flag and number; without a flag, of the cause.",
        maxBytes = 128 * 1024)
public record RolloutEvent(
        Envelope envelope,
        @Field(title = "Roll-out", description = "Its name.", max = Names.MAX, example = "\"checkout-v2\"")
                String rollout,
        @Field(title = "Flag", description = "Its key.", max = Names.MAX, example = "\"checkout\"") String flag,
        @Field(title = "Number", description = "Counts the events of this flag.", example = "7") long number,
        @Field(title = "Kind", description = "What it did.", example = "\"stepped\"") Kind kind,
        @Field(title = "Phase", description = "Where it is in its life from then on.", example = "\"running\"")
                RolloutPhase phase,
        @Field(
                        title = "Percentage",
                        description = "How many of 100 get the new variant from then on.",
                        max = 100,
                        example = "25")
                int percent,
        @Field(title = "Percentage before", description = "How many did before.", max = 100, example = "10")
                int percentBefore,
        @Field(title = "Step", description = "Which step it is in, from 1; 0 before the first.", example = "3")
                int step,
        @Field(title = "Steps", description = "How many there are.", example = "6") int stepCount,
        @Field(
                        title = "Revision",
                        description = "Counts what was done to the flag; it stands in the flag's metadata as well.",
                        example = "3")
                long revision,
        @Field(
                        title = "Reason",
                        description = "In a sentence.",
                        max = 1_000,
                        example = "\"held for 3600 s, and nothing speaks against it\"")
                String reason,
        @Field(
                        title = "By",
                        description = "Who wanted it; absent when it came of itself.",
                        max = 200,
                        optional = true,
                        example = "\"ann\"")
                String by,
        @Field(
                        title = "Cause",
                        description = "The `event_id` of the command that wanted it.",
                        optional = true,
                        example = "\"0b0e6f7a-93d1-4f0b-8d55-3c1c1f2a9b10\"")
                UUID causeId,
        @Field(
                        title = "Evidence",
                        description = "What was known of each metric.",
                        max = RolloutDefined.MAX_METRICS,
                        example = "[]")
                List<Evidence> evidence) {

    private static final EventType<RolloutEvent> TYPE = EventType.of(RolloutEvent.class);

    /** What it did. */
    public enum Kind {
        DEFINED,
        REFUSED,
        STARTED,
        STEPPED,
        WAITS,
        PAUSED,
        RESUMED,
        FROZEN,
        UNFROZEN,
        COMPLETED,
        ROLLED_BACK,
        STOPPED,
        ABORTED,
        SAMPLE_RATIO,
        FOUND,
        FORGOTTEN
    }

    /** @throws RejectedEventException when the record holds none */
    public static RolloutEvent read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
