package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutPhase;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a flag and its roll-out. Components are only ever appended.
 *
 * @param defined null when there is no roll-out of it
 * @param revision counts what roll-outs wanted of the flag
 * @param number counts the events of the flag
 * @param view null when the flag was never observed
 * @param serves what the flags serve that it depends on, by flag; those that serve one variant alone
 * @param seen ids of the latest definitions and commands, so that they count once
 */
public record RolloutState(
        String flag,
        RolloutDefined defined,
        Position position,
        boolean frozen,
        long revision,
        long number,
        FlagView view,
        Map<String, String> serves,
        List<String> seen,
        Watch watch) {

    static RolloutState of(String flag) {
        return new RolloutState(flag, null, null, false, 0, 0, null, Map.of(), List.of(), null);
    }

    /** Null when there is no roll-out. */
    public RolloutPhase phase() {
        return position == null ? null : position.phase();
    }
}
