package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;

/**
 * What comes to the directory: one of these.
 *
 * @param removed the name of a roll-out whose definition was taken away
 */
public record RolloutFact(RolloutDefined defined, String removed, RolloutCommand command, FlagSeen flag) {

    public static RolloutFact of(RolloutDefined defined) {
        return new RolloutFact(defined, null, null, null);
    }

    public static RolloutFact removed(String name) {
        return new RolloutFact(null, name, null, null);
    }

    public static RolloutFact of(RolloutCommand command) {
        return new RolloutFact(null, null, command, null);
    }

    /** Without its definition, which the directory does not need. */
    public static RolloutFact of(FlagSeen flag) {
        return new RolloutFact(null, null, null, flag.brief());
    }
}
