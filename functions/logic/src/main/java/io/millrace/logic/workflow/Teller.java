package io.millrace.logic.workflow;

import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what happens in a run, and how it is. */
final class Teller {
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_PATH = 500;

    private final Turn turn;
    private final long numberBefore;

    Teller(Turn turn) {
        this.turn = turn;
        this.numberBefore = turn.run.number;
    }

    void run(Change change, String by, String detail) {
        tell(change, null, 0, turn.run.error == null ? null : turn.run.error, null, by, detail);
    }

    /** Something about the run that is no change of its state. */
    void note(Change change, Frame frame, String by, String detail) {
        tell(change, frame, 0, null, null, by, detail);
    }

    /** Something that was sent to the run does not fit. */
    RunEffect refuse(String by, String why) {
        tell(Change.COMMAND_REFUSED, null, 0, null, null, by, why);
        return RunEffect.REFUSED;
    }

    /** A step that did not wait: of those only so many are told. */
    void instant(Change change, Frame frame) {
        if (turn.run.told < turn.limits.told()) {
            turn.run.told++;
            tell(change, frame, attempt(frame), null, null, null, null);
        }
    }

    void waiting(Frame frame) {
        tell(Change.STEP_WAITING, frame, attempt(frame), null, Waits.waiting(turn, frame), null, null);
    }

    void retried(Frame frame, RunError error) {
        tell(Change.STEP_RETRIED, frame, attempt(frame), error, Waits.waiting(turn, frame), null, null);
    }

    void ended(Change change, Frame frame, RunError error) {
        tell(change, frame, attempt(frame), error, null, null, null);
    }

    /** Of the step, or of the innermost one around it that is tried again. */
    private int attempt(Frame frame) {
        for (Frame each = frame; each != null; each = turn.parent(each)) {
            if (turn.step(each) instanceof Step.Try) {
                return each.attempt + 1;
            }
        }
        return 1;
    }

    private void tell(
            Change change, Frame frame, int attempt, RunError error, Waiting waiting, String by, String detail) {
        RunState run = turn.run;
        long number = ++run.number;
        boolean over =
                change == Change.STEP_COMPLETED || change == Change.STEP_FAILED || change == Change.STEP_CANCELLED;
        turn.commands.add(new RunCommand.Tell(new WorkflowEvent(
                turn.envelope(RunKeys.of(run.origin, "event" + number), "workflow.event"),
                run.origin.runId(),
                run.origin.workflow(),
                run.origin.version(),
                number,
                change,
                frame == null ? null : frame.pointer,
                frame == null ? null : iteration(frame),
                frame == null || turn.program == null ? null : kind(turn.step(frame)),
                attempt,
                over && frame != null ? (Long) (turn.now - frame.startedAt) : null,
                over && frame != null && frame.costMicros > 0 ? (Long) frame.costMicros : null,
                waiting,
                by,
                cut(detail),
                error == null ? null : error.toEvent())));
    }

    /** Shows how the run is, when something was told. */
    void show() {
        RunState run = turn.run;
        if (run.number == numberBefore) {
            return;
        }
        List<Waiting> waiting = waiting();
        boolean idle = run.status == RunStatus.RUNNING && run.ready.isEmpty();
        boolean failed = run.status == RunStatus.FAILED || run.status == RunStatus.REFUSED;
        turn.commands.add(new RunCommand.Show(new WorkflowRun(
                turn.envelope(RunKeys.of(run.origin, "view" + run.number), "workflow.run"),
                run.origin.runId(),
                run.origin.workflow(),
                run.origin.version(),
                run.origin.digest(),
                run.number,
                idle && !waiting.isEmpty() ? RunStatus.WAITING : run.status,
                Instant.ofEpochMilli(run.startedAt),
                instant(run.endedAt),
                run.origin.attributes(),
                waiting,
                run.steps,
                run.retries,
                run.costMicros,
                run.output == null ? null : Json.write(run.output),
                failed && run.error != null ? run.error.toEvent() : null,
                run.origin.parent() == null ? null : run.origin.parent().runId())));
    }

    private List<Waiting> waiting() {
        List<Waiting> all = new ArrayList<>();
        for (Frame frame : turn.run.frames.values()) {
            if (all.size() < WorkflowRun.MAX_WAITING
                    && (frame.phase == Phase.WAITING || frame.phase == Phase.BACKOFF)) {
                all.add(Waits.waiting(turn, frame));
            }
        }
        return all;
    }

    static Instant instant(long time) {
        return time == Long.MAX_VALUE ? null : Instant.ofEpochMilli(time);
    }

    /** Null outside of loops. */
    static String iteration(Frame frame) {
        String path = frame.path;
        return path.isEmpty() ? null : path.length() > MAX_PATH ? path.substring(path.length() - MAX_PATH) : path;
    }

    static String kind(Step step) {
        return step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static String cut(String text) {
        return Texts.cut(text, MAX_TEXT);
    }
}
