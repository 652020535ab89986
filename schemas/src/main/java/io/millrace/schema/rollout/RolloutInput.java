package io.millrace.schema.rollout;

import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/** What comes to the roll-out of a flag: everything that it decides by comes on the one topic {@code rollout-inbox}. */
public sealed interface RolloutInput permits RolloutDefined, RolloutCommand, HealthCounted, FlagObserved {

    /** The flag whose roll-out it is for; the key of the topic. */
    String flag();

    Envelope envelope();

    byte[] toJson();

    /** @throws RejectedEventException when the record holds none */
    static RolloutInput read(SourceRecord source) throws RejectedEventException {
        RolloutInput input = Types.ALL.read(source);
        if (input.flag() == null) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, "flag: missing");
        }
        return input;
    }

    /** Made when it is first needed: the events know the interface. */
    final class Types {
        private static final EventTypes<RolloutInput> ALL = EventTypes.of(RolloutInput.class);

        private Types() {}
    }
}
