package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutDefined.Audience;
import io.millrace.schema.rollout.RolloutPhase;

/**
 * What a roll-out wants of its flag.
 *
 * @param revision greater than of all it wanted before
 * @param audience null when there is none
 * @param audienceOn whether the audience gets the new variant, whatever the percentage
 * @param bucketBy null for the usual attribute
 */
public record WantedFlag(
        String flag,
        String rollout,
        long revision,
        RolloutPhase phase,
        String to,
        String from,
        int percent,
        Audience audience,
        boolean audienceOn,
        String bucketBy) {}
