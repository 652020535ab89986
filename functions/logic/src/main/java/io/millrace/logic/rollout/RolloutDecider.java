package io.millrace.logic.rollout;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.rollout.RolloutLifecycle.Move;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutPhase;
import java.util.List;

/**
 * Decides about the roll-out of a flag, by what stands in its inbox alone. Forward it goes when a step was held for long
 * enough and nothing speaks against the next; back at once when the evidence, a limit or somebody says so.
 */
public final class RolloutDecider implements Decider<RolloutState, RolloutInput, RolloutNews> {

    /** What becomes of what comes. */
    public enum Effect {
        APPLIED,
        /** It came before, or is not newer than what is known. */
        STALE,
        /** It is of a roll-out that is not there, or can't be done now. */
        REFUSED,
        /** There is no roll-out that it concerns, or its source does not count. */
        IGNORED
    }

    @Override
    public Decision<RolloutState, Effect, RolloutNews> decide(
            String key, RolloutState state, RolloutInput input, long time) {
        RolloutTurn turn = new RolloutTurn(state == null ? RolloutState.of(key) : state, time);
        Effect effect;
        if (input instanceof RolloutDefined defined) {
            effect = defined(turn, defined);
        } else if (input instanceof RolloutCommand command) {
            effect = commanded(turn, command);
        } else if (input instanceof HealthCounted counted) {
            effect = counted(turn, counted);
        } else {
            effect = observed(turn, (FlagObserved) input);
        }
        if (effect == Effect.STALE || effect == Effect.IGNORED) {
            return new Decision<>(state, effect, List.of());
        }
        turn.goOn();
        return new Decision<>(turn.state(), effect, turn.news());
    }

    private static Effect defined(RolloutTurn turn, RolloutDefined defined) {
        if (!turn.isNew(defined.envelope().eventId())) {
            return Effect.STALE;
        }
        return turn.bind(defined) ? Effect.APPLIED : Effect.REFUSED;
    }

    private static Effect commanded(RolloutTurn turn, RolloutCommand command) {
        if (!turn.isNew(command.envelope().eventId())) {
            return Effect.STALE;
        }
        boolean isOfAll = command.rollout().equals(RolloutCommand.ALL);
        if (turn.plan() == null || !isOfAll && !command.rollout().equals(turn.name())) {
            turn.refuse(command, "the flag has no roll-out of that name");
            return Effect.REFUSED;
        }
        if (isOfAll && command.action() == Action.EMERGENCY_STOP && !RolloutLifecycle.isActive(turn.phase())) {
            // What has ended long ago is not what somebody means who stops all.
            return Effect.IGNORED;
        }
        return switch (command.action()) {
            case FREEZE -> turn.freeze(command, true);
            case UNFREEZE -> turn.freeze(command, false);
            case FORGET -> turn.forget(command);
            case START -> turn.command(command, Move.START);
            case PAUSE -> turn.command(command, Move.PAUSE);
            case RESUME -> turn.command(command, Move.RESUME);
            case STEP -> turn.command(command, Move.STEP);
            case PROMOTE -> turn.command(command, Move.PROMOTE);
            case ROLL_BACK -> turn.command(command, Move.ROLL_BACK);
            case EMERGENCY_STOP -> turn.command(command, Move.EMERGENCY_STOP);
        };
    }

    private static Effect counted(RolloutTurn turn, HealthCounted counted) {
        if (turn.plan() == null
                || turn.plan().weightPerMinute(counted.source()) == 0
                || !RolloutLifecycle.isActive(turn.phase())) {
            return Effect.IGNORED;
        }
        return turn.count(counted) ? Effect.APPLIED : Effect.STALE;
    }

    private static Effect observed(RolloutTurn turn, FlagObserved observed) {
        if (!observed.observed().equals(observed.flag())) {
            return turn.depends(observed) ? Effect.APPLIED : Effect.STALE;
        }
        return turn.see(observed) ? Effect.APPLIED : Effect.STALE;
    }

    @Override
    public Decision<RolloutState, Effect, RolloutNews> wake(String key, RolloutState state, long time) {
        RolloutTurn turn = new RolloutTurn(state, time);
        turn.goOn();
        return new Decision<>(turn.state(), null, turn.news());
    }

    @Override
    public long nextWake(RolloutState state) {
        return state.phase() != RolloutPhase.RUNNING || state.position().wakeAt() == 0
                ? Long.MAX_VALUE
                : state.position().wakeAt();
    }
}
