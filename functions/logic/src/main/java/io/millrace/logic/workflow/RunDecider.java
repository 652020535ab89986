package io.millrace.logic.workflow;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides about runs of workflows. What a run is bound to came to it with its start; definitions are only looked up, by
 * their digests. An input whose definition is not here yet is kept, and decided about later as of its own log time, so
 * that it makes no difference when the definition comes.
 */
public final class RunDecider implements Decider<RunState, WorkflowInput, RunCommand> {
    /** When it is looked again whether a definition is here, milliseconds; the longer it lasts, the less often. */
    private static final long LOOK_MILLIS = 200;

    private static final int LOOK_LESS = 4;

    /** For how long what comes before its run is kept, milliseconds. */
    private static final long EXPECT_MILLIS = 10L * 60 * 1_000;

    private final Definitions definitions;
    private final RunLimits limits;

    public RunDecider(Definitions definitions, RunLimits limits) {
        this.definitions = definitions;
        this.limits = limits;
    }

    @Override
    public Decision<RunState, RunEffect, RunCommand> decide(
            String key, RunState state, WorkflowInput input, long time) {
        List<RunCommand> commands = new ArrayList<>();
        RunState before = unparked(state, commands);
        if (before != null && before.parked.size() >= limits.kept()) {
            return abandon(before, time).after(commands);
        }
        if (before != null && !before.parked.isEmpty()) {
            return new Decision<>(parked(before, input, time), RunEffect.PARKED, commands);
        }
        return apply(before, input, time).after(commands);
    }

    @Override
    public Decision<RunState, RunEffect, RunCommand> wake(String key, RunState state, long time) {
        List<RunCommand> commands = new ArrayList<>();
        RunState current = state;
        if (!state.parked.isEmpty()) {
            current = unparked(state, commands);
            if (current == null) {
                return new Decision<>(null, null, commands);
            }
            if (!current.parked.isEmpty()) {
                current = state.copy();
                long waited = time - state.parked.get(0).time();
                current.parkedUntil = time + LOOK_MILLIS + waited / LOOK_LESS;
                return new Decision<>(current, null, commands);
            }
        }
        return new Decision<>(timers(current, time, commands), null, commands);
    }

    @Override
    public long nextWake(RunState state) {
        return state.nextWake();
    }

    /** What time did to it up to then. */
    private RunState timers(RunState state, long time, List<RunCommand> commands) {
        RunState current = state;
        while (current != null && current.parked.isEmpty() && current.nextWake() <= time) {
            Decision<RunState, RunEffect, RunCommand> decision = timer(current, current.nextWake());
            commands.addAll(decision.commands());
            current = decision.state();
        }
        return current;
    }

    private Decision<RunState, RunEffect, RunCommand> timer(RunState state, long time) {
        if (state.origin == null) {
            return Beginnings.forget(state, limits, time);
        }
        if (state.forgetAt <= time) {
            return new Decision<>(null, null, List.of());
        }
        RunState run = state.copy();
        Program program = program(run);
        if (program == null) {
            // It was here before; it comes back with the state of all definitions.
            run.parked.add(new RunState.Parked(time, null));
            run.parkedUntil = time + LOOK_MILLIS;
            return new Decision<>(run, null, List.of());
        }
        Turn turn = turn(run, program, time);
        Machine machine = new Machine(turn);
        new Timers(turn, machine.faults()).fire(time);
        return goOn(turn, machine, null);
    }

    private Turn turn(RunState run, Program program, long time) {
        run.clock = Math.max(run.clock, time);
        return new Turn(run, program, limits, run.clock);
    }

    private Program program(RunState run) {
        return run.origin.digest() == null ? null : definitions.of(run.origin.tenant(), run.origin.digest());
    }

    private RunState parked(RunState state, WorkflowInput input, long time) {
        RunState run = state.copy();
        run.parked.add(new RunState.Parked(time, input));
        return run;
    }

    /** More came than is kept for a definition that does not come. */
    private Decision<RunState, RunEffect, RunCommand> abandon(RunState state, long time) {
        RunState run = state.copy();
        run.parked.clear();
        run.parkedUntil = Long.MAX_VALUE;
        Turn turn = turn(run, null, time);
        new Endings(turn).abandon("its definition, " + run.origin.digest() + ", is not to be had");
        turn.teller.show();
        return new Decision<>(run, RunEffect.REFUSED, turn.commands);
    }

    /** Decides about what was kept, each as of its own time, when the definition is here. */
    private RunState unparked(RunState state, List<RunCommand> commands) {
        if (state == null || state.parked.isEmpty() || program(state) == null) {
            return state;
        }
        RunState current = state.copy();
        List<RunState.Parked> waiting = current.parked;
        current.parked = new ArrayList<>();
        current.parkedUntil = Long.MAX_VALUE;
        for (RunState.Parked parked : waiting) {
            current = timers(current, parked.time(), commands);
            if (parked.input() != null) {
                Decision<RunState, RunEffect, RunCommand> decision = apply(current, parked.input(), parked.time());
                commands.addAll(decision.commands());
                current = decision.state();
            }
        }
        return current;
    }

    private Decision<RunState, RunEffect, RunCommand> apply(RunState state, WorkflowInput input, long time) {
        // One that waits for its definition has an origin, and nothing was told of it yet.
        if (state == null || state.origin == null || state.number == 0) {
            return begin(state, input, time);
        }
        RunState run = state.copy();
        Program program = program(run);
        boolean refused = run.status == RunStatus.REFUSED;
        if (program == null && !refused) {
            run.parkedUntil = time + LOOK_MILLIS;
            return new Decision<>(parked(run, input, time), RunEffect.PARKED, List.of());
        }
        Turn turn = turn(run, program, time);
        Machine machine = new Machine(turn);
        RunEffect effect = new Inputs(turn, machine.endings()).take(input);
        if (effect == RunEffect.STALE || effect == RunEffect.UNKNOWN_RUN) {
            return new Decision<>(state, effect, List.of());
        }
        return goOn(turn, machine, effect);
    }

    private Decision<RunState, RunEffect, RunCommand> begin(RunState state, WorkflowInput input, long time) {
        if (input instanceof RunRefused refused) {
            return Beginnings.refuse(state, refused, limits, time);
        }
        if (!(input instanceof RunStarted start)) {
            return Beginnings.expect(state, input, limits, time, EXPECT_MILLIS);
        }
        RunState run = Beginnings.of(start, time);
        Program program = program(run);
        if (program == null) {
            RunState waiting = state == null ? new RunState() : state.copy();
            waiting.origin = run.origin;
            waiting.forgetAt = Long.MAX_VALUE;
            waiting.parked.add(new RunState.Parked(time, input));
            waiting.early.forEach(early -> waiting.parked.add(new RunState.Parked(time, early)));
            waiting.early.clear();
            waiting.parkedUntil = time + LOOK_MILLIS;
            return new Decision<>(waiting, RunEffect.PARKED, List.of());
        }
        Turn turn = turn(run, program, time);
        Machine machine = new Machine(turn);
        Beginnings.start(turn, start);
        Decision<RunState, RunEffect, RunCommand> started = goOn(turn, machine, RunEffect.STARTED);
        List<RunCommand> commands = new ArrayList<>(started.commands());
        RunState current = started.state();
        for (WorkflowInput early : state == null ? List.<WorkflowInput>of() : state.early) {
            Decision<RunState, RunEffect, RunCommand> decision = apply(current, early, time);
            commands.addAll(decision.commands());
            current = decision.state();
        }
        return new Decision<>(current, RunEffect.STARTED, commands);
    }

    private Decision<RunState, RunEffect, RunCommand> goOn(Turn turn, Machine machine, RunEffect effect) {
        machine.run();
        if (turn.isRunning() && Sizes.of(turn.run) > limits.stateBytes()) {
            machine.faults()
                    .fail(
                            turn.run.frames.get(Frame.ROOT),
                            RunError.of(
                                    ErrorKind.RUNTIME,
                                    "the run holds more than " + limits.stateBytes() + " bytes of data"));
        }
        turn.teller.show();
        return new Decision<>(turn.run, effect, turn.commands);
    }
}
