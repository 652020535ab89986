package io.millrace.logic.rollout;

import io.millrace.logic.rollout.Position.Obstacle;
import io.millrace.schema.rollout.RolloutPhase;

/**
 * What is measured of a roll-out. Components are only ever appended.
 *
 * @param nearest how near the nearest metric is to a roll-back, which is at 1
 * @param obstacle why the next step does not begin; null when nothing hinders it
 * @param waitsSince since when that is so, milliseconds since the epoch; 0 when nothing hinders it
 * @param silentSince while it is watched, until when requests of the new variant were told of in this step, or when it began, milliseconds
 *     since the epoch; 0 while there is nothing to be told
 * @param unwrittenSince since when the flag does not stand in its log as it is wanted, milliseconds since the epoch; 0 when it does
 * @param sampleRatioOff whether the variants' shares of the requests are not what the flag says
 */
public record RolloutFigures(
        String flag,
        RolloutPhase phase,
        int percent,
        double nearest,
        Obstacle obstacle,
        long waitsSince,
        long silentSince,
        long unwrittenSince,
        boolean sampleRatioOff) {}
