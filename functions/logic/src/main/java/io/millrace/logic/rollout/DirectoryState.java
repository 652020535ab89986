package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutCommand;
import java.util.List;
import java.util.Map;

/**
 * Which roll-outs there are. Components are only ever appended.
 *
 * @param rollouts by name
 * @param flags by name; those that serve one variant alone
 * @param freeze what froze all roll-outs; null when they are not frozen
 * @param waiting commands of roll-outs that are not known yet, those that came first at the front
 */
public record DirectoryState(
        Map<String, Entry> rollouts, Map<String, FlagSeen> flags, RolloutCommand freeze, List<Waiting> waiting) {

    static final DirectoryState EMPTY = new DirectoryState(Map.of(), Map.of(), null, List.of());

    /**
     * A roll-out.
     *
     * @param after the flags on which it depends
     */
    public record Entry(String flag, List<String> after) {}

    /** A command, and until when it waits: milliseconds since the epoch. */
    public record Waiting(RolloutCommand command, long until) {}
}
