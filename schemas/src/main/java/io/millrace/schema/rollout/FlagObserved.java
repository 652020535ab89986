package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;

/**
 * What stands in the topic of flags, for a roll-out that has to know it.
 *
 * @param definition of the roll-out's own flag; null when it was deleted, or of another flag
 * @param serves the variant that everybody gets; null when not everybody gets the same
 */
@Event(
        type = "flag.observed",
        description =
                "What stands in the topic of flags, for a roll-out that has to know it. Published by the rollout job.",
        id = "uuid5 of both flags and the place of the record.",
        maxBytes = 256 * 1024)
public record FlagObserved(
        Envelope envelope,
        @Field(
                        title = "Flag",
                        description = "That of the roll-out; the key of the record.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout\"")
                String flag,
        @Field(
                        title = "Observed",
                        description = "The flag that was observed; another one when the roll-out depends on that.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout\"")
                String observed,
        @Field(value = Value.JSON, optional = true) String definition,
        @Field(title = "Gone", description = "Whether the flag was deleted.", example = "false") boolean gone,
        @Field(
                        title = "Serves",
                        description = "The variant that everybody gets; absent when not everybody gets the same.",
                        max = Names.MAX,
                        optional = true,
                        example = "\"old\"")
                String serves,
        @Field(title = "Logged at", description = "When the record was logged.") Instant loggedAt,
        @Field(title = "Offset", description = "Its place in its partition.", example = "42") long offset)
        implements RolloutInput {

    private static final EventType<FlagObserved> TYPE = EventType.of(FlagObserved.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
