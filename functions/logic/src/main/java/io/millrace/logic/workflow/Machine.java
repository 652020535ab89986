package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Flow;
import io.millrace.logic.workflow.program.Step;
import io.millrace.logic.workflow.program.StepHead;
import io.millrace.logic.workflow.program.TaskList;
import io.millrace.schema.workflow.WorkflowEvent.Change;

/** Moves a run on: takes what is ready, one after the other, until all wait or the slice is used up. */
final class Machine {
    private final Turn turn;
    private final Waits waits;
    private final Faults faults;
    private final Endings endings;
    private final Forks forks;

    Machine(Turn turn) {
        this.turn = turn;
        this.endings = new Endings(turn);
        this.waits = new Waits(turn);
        this.faults = new Faults(turn, endings);
        this.forks = new Forks(turn, endings);
    }

    Faults faults() {
        return faults;
    }

    Endings endings() {
        return endings;
    }

    void run() {
        RunState run = turn.run;
        while (turn.isRunning() && !run.continuing && !run.ready.isEmpty()) {
            if (turn.work >= turn.limits.slice()) {
                endings.continueLater();
                return;
            }
            Frame frame = run.frames.get(run.ready.removeFirst());
            if (frame == null) {
                continue;
            }
            turn.work++;
            turn.acting = frame;
            if (++run.busy > turn.limits.steps()) {
                turn.acting = run.frames.get(Frame.ROOT);
                faults.fail(
                        turn.acting,
                        RunError.of(
                                ErrorKind.RUNTIME,
                                "more than " + turn.limits.steps() + " steps without waiting for anything"));
                return;
            }
            try {
                advance(frame);
            } catch (StepFailure e) {
                faults.fail(turn.acting, e.error());
            }
        }
    }

    private void advance(Frame frame) throws StepFailure {
        switch (frame.phase) {
            case ENTER -> enter(frame);
            case NEXT -> next(frame);
            case GRANTED -> waits.call(frame, (Step.Agent) turn.step(frame));
            case FAULTED -> throw new StepFailure(frame.fault);
            case DONE -> leave(frame);
            case HANDLER -> handle(frame);
            default -> {
                // What it waited for was taken from it meanwhile.
            }
        }
    }

    private void enter(Frame frame) throws StepFailure {
        Step step = turn.step(frame);
        StepHead head = step.head();
        frame.startedAt = turn.now;
        frame.since = turn.now;
        Evaluation evaluation = Evaluation.of(turn, frame);
        if (head.condition() != null && !evaluation.holds(head.condition(), frame.raw)) {
            turn.run.frames.remove(frame.id);
            turn.teller.instant(Change.STEP_SKIPPED, frame);
            goOn(frame, null, frame.raw);
            return;
        }
        evaluation.check(head.input(), frame.raw, "the input");
        frame.data = evaluation.fill(head.input().value(), frame.raw);
        if (frame.id == Frame.ROOT) {
            turn.run.context = frame.data;
        }
        if (head.timeout() != null) {
            // Otherwise what is tried again would time out at the same moment, for ever.
            frame.timeoutAt = turn.now + Math.max(Turn.LEAST_MILLIS, evaluation.millis(head.timeout(), frame.data));
        }
        begin(frame, step, evaluation);
    }

    private void begin(Frame frame, Step step, Evaluation evaluation) throws StepFailure {
        if (step instanceof Step.Set set) {
            finish(frame, evaluation.fill(set.value(), frame.data));
        } else if (step instanceof Step.Switch choice) {
            choose(frame, choice, evaluation);
        } else if (step instanceof Step.Raise raise) {
            throw new StepFailure(Faults.raised(evaluation.fill(raise.error(), frame.data)));
        } else if (step instanceof Step.Do) {
            tellBegun(frame);
            frame.phase = Phase.BODY;
            proceed(frame, 0, frame.data);
        } else if (step instanceof Step.For loop) {
            beginLoop(frame, loop, evaluation);
        } else if (step instanceof Step.Fork fork) {
            tellBegun(frame);
            join(frame, forks.begin(frame, fork));
        } else if (step instanceof Step.Try) {
            tellBegun(frame);
            frame.triedAt = turn.now;
            attempt(frame);
        } else {
            waits.begin(frame, step, evaluation);
            if (frame.phase == Phase.DONE) {
                leave(frame);
            }
        }
    }

    /** The whole run is told of by its own events. */
    private void tellBegun(Frame frame) {
        if (frame.id != Frame.ROOT) {
            turn.teller.instant(Change.STEP_STARTED, frame);
        }
    }

    private void choose(Frame frame, Step.Switch choice, Evaluation evaluation) throws StepFailure {
        for (Step.Case each : choice.cases()) {
            if (each.when() == null || evaluation.holds(each.when(), frame.data)) {
                frame.flow = each.then();
                break;
            }
        }
        finish(frame, frame.data);
    }

    private void beginLoop(Frame frame, Step.For loop, Evaluation evaluation) throws StepFailure {
        JsonNode items = evaluation.fill(loop.in(), frame.data);
        if (!items.isArray()) {
            throw StepFailure.of(
                    ErrorKind.EXPRESSION, "for.in has to come to a list, and not to " + items.getNodeType());
        }
        tellBegun(frame);
        frame.items = items;
        frame.result = frame.data;
        next(frame);
    }

    private void next(Frame frame) throws StepFailure {
        if (turn.step(frame) instanceof Step.For loop) {
            round(frame, loop);
        } else {
            attempt(frame);
        }
    }

    private void round(Frame frame, Step.For loop) throws StepFailure {
        boolean more = frame.index < frame.items.size()
                && (loop.condition() == null || Evaluation.inside(turn, frame).holds(loop.condition(), frame.result));
        if (!more) {
            finish(frame, frame.result);
            return;
        }
        frame.phase = Phase.BODY;
        frame.lap = 0;
        proceed(frame, 0, frame.result);
    }

    private void attempt(Frame frame) throws StepFailure {
        Step.Try step = (Step.Try) turn.step(frame);
        frame.phase = Phase.BODY;
        frame.error = null;
        frame.lap = 0;
        if (step.handler().retry() != null) {
            long most = Math.max(Turn.LEAST_MILLIS, step.handler().retry().maxAttemptMillis());
            frame.attemptUntil = Frame.later(most, turn.now);
        }
        proceed(frame, 0, frame.data);
    }

    /** Begins what is done about the error, unless it has begun. */
    private void handle(Frame frame) throws StepFailure {
        if (frame.cursor < 0) {
            proceed(frame, 0, frame.data);
        }
    }

    /** Begins a step of the list that a frame goes through. */
    private void proceed(Frame frame, int position, JsonNode data) throws StepFailure {
        TaskList list = turn.list(frame);
        if (position >= list.size()) {
            endOfList(frame, data);
            return;
        }
        frame.cursor = position;
        turn.spawn(frame, list.steps().get(position), 0, pathInside(frame), data);
    }

    private String pathInside(Frame frame) {
        StringBuilder path = new StringBuilder(frame.path);
        if (frame.items != null) {
            append(path).append(frame.index);
        }
        // The depth tells attempts and laps of steps in each other apart.
        if (frame.attempt > 0) {
            append(path).append('r').append(frame.depth).append('.').append(frame.attempt);
        }
        if (frame.lap > 0) {
            append(path).append('l').append(frame.depth).append('.').append(frame.lap);
        }
        return path.toString();
    }

    private static StringBuilder append(StringBuilder path) {
        return path.isEmpty() ? path : path.append('/');
    }

    private void endOfList(Frame frame, JsonNode data) {
        frame.attemptUntil = Long.MAX_VALUE;
        frame.result = data;
        if (turn.step(frame) instanceof Step.For) {
            frame.index++;
            frame.phase = Phase.NEXT;
        } else {
            if (turn.step(frame) instanceof Step.Try attempt && frame.phase == Phase.HANDLER) {
                frame.flow = attempt.handler().then();
            }
            frame.phase = Phase.DONE;
        }
        turn.run.ready.addFirst(frame.id);
    }

    private void finish(Frame frame, JsonNode result) throws StepFailure {
        frame.result = result;
        frame.phase = Phase.DONE;
        leave(frame);
    }

    private void leave(Frame frame) throws StepFailure {
        Step step = turn.step(frame);
        StepHead head = step.head();
        Evaluation evaluation = Evaluation.of(turn, frame);
        JsonNode output = evaluation.fill(head.output().value(), frame.result);
        evaluation.check(head.output(), output, "the output");
        evaluation.withOutput(output);
        if (head.export().value() != null) {
            JsonNode context = evaluation.fill(head.export().value(), output);
            evaluation.check(head.export(), context, "the exported context");
            turn.run.context = context;
        }
        if (frame.id == Frame.ROOT) {
            endings.complete(output);
            return;
        }
        turn.run.frames.remove(frame.id);
        turn.run.steps++;
        tellCompleted(frame, step);
        goOn(frame, frame.flow == null ? head.then() : frame.flow, output);
    }

    private void tellCompleted(Frame frame, Step step) {
        if (Waits.isWaiting(step)) {
            turn.teller.ended(Change.STEP_COMPLETED, frame, null);
        } else {
            turn.teller.instant(Change.STEP_COMPLETED, frame);
        }
    }

    /** Goes on after a step. What fails from here on is a failure of the one around it. */
    private void goOn(Frame ended, String flow, JsonNode output) throws StepFailure {
        if (Flow.END.equals(flow)) {
            end(output);
            return;
        }
        Frame around = turn.parent(ended);
        turn.acting = around;
        if (turn.step(around) instanceof Step.Fork fork) {
            join(around, forks.ended(around, fork, ended.slot, output));
        } else if (flow == null || flow.equals(Flow.CONTINUE)) {
            proceed(around, around.cursor + 1, output);
        } else if (flow.equals(Flow.EXIT)) {
            endOfList(around, output);
        } else {
            int target = turn.list(around).indexOf(flow);
            if (target <= around.cursor) {
                around.lap++;
            }
            proceed(around, target, output);
        }
    }

    /** The whole run ends with this output. */
    private void end(JsonNode output) {
        Frame root = turn.run.frames.get(Frame.ROOT);
        endings.kill(turn.inside(root));
        root.result = output;
        root.phase = Phase.DONE;
        turn.run.ready.clear();
        turn.ready(root);
    }

    /** @param output null while branches go on */
    private void join(Frame fork, JsonNode output) throws StepFailure {
        if (output != null) {
            finish(fork, output);
        }
    }
}
