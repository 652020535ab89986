package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * What somebody wants of a roll-out.
 *
 * @param flag null until the job has found out which it is
 */
@Event(
        type = "rollout.command",
        description = "What somebody wants of a roll-out. One that comes again, by its `event_id`, has no effect.",
        id = "Any; a new one for each command.",
        maxBytes = 16 * 1024)
public record RolloutCommand(
        Envelope envelope,
        @Field(
                        title = "Roll-out",
                        description = "Its name; * for all, to freeze, unfreeze and emergency_stop.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout-v2\"")
                String rollout,
        @Field(title = "Action", description = "What is to be done.", example = "\"start\"") Action action,
        @Field(title = "By", description = "Who wants it.", min = 1, max = 200, example = "\"ann\"") String by,
        @Field(
                        title = "Reason",
                        description = "Why.",
                        max = 500,
                        optional = true,
                        example = "\"The metrics look good.\"")
                String reason,
        @Field(
                        title = "Flag",
                        description = "Of the roll-out; the job writes it into the inbox, whatever stood there.",
                        max = Names.MAX,
                        optional = true,
                        example = "\"checkout\"")
                String flag)
        implements RolloutInput {

    /** The name of all roll-outs. */
    public static final String ALL = "*";

    private static final EventType<RolloutCommand> TYPE = EventType.of(RolloutCommand.class);

    /** What is to be done. */
    public enum Action {
        START,
        PAUSE,
        RESUME,
        STEP,
        PROMOTE,
        ROLL_BACK,
        EMERGENCY_STOP,
        FREEZE,
        UNFREEZE,
        FORGET;

        /** Whether it can be wanted of all roll-outs at once. */
        public boolean isOfAll() {
            return this == FREEZE || this == UNFREEZE || this == EMERGENCY_STOP;
        }
    }

    public RolloutCommand {
        Names.require("rollout", rollout);
        Names.require("flag", flag);
        if (ALL.equals(rollout) && !action.isOfAll()) {
            throw new IllegalArgumentException(
                    "rollout: * stands for all, of which freeze, unfreeze and emergency_stop can be wanted");
        }
    }

    /** @throws RejectedEventException when the record holds none */
    public static RolloutCommand read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
