package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunContinued;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.util.Iterator;
import java.util.List;

/** How runs, and steps that nobody waits for any more, end. */
final class Endings {
    private final Turn turn;

    Endings(Turn turn) {
        this.turn = turn;
    }

    /** Takes a pause, for others to get in between. */
    void continueLater() {
        RunState run = turn.run;
        run.continuing = true;
        run.slice++;
        turn.commands.add(new RunCommand.Continue(new RunContinued(
                turn.envelope(RunKeys.of(run.origin, "slice" + run.slice), "run.continued"),
                run.origin.runId(),
                run.slice)));
    }

    void complete(JsonNode output) {
        turn.run.output = output;
        end(RunStatus.COMPLETED, Change.RUN_COMPLETED, null, null);
    }

    void cancel(String by, String reason) {
        kill(turn.inside(turn.run.frames.get(Frame.ROOT)));
        end(RunStatus.CANCELLED, Change.RUN_CANCELLED, by, reason);
    }

    /** Its steps stay, so that it can be tried again. */
    void fail(Frame frame, RunError error) {
        kill(turn.inside(frame));
        drop(frame);
        turn.run.failed = frame.id;
        turn.run.error = error;
        turn.run.frames.values().stream()
                .filter(each -> each.phase == Phase.WAITING || each.phase == Phase.BACKOFF)
                .forEach(this::stop);
        end(RunStatus.FAILED, Change.RUN_FAILED, null, null);
    }

    /** A step waits for nothing any more, as it fails. */
    void drop(Frame frame) {
        if (frame.phase == Phase.WAITING) {
            release(frame);
        }
        frame.forget();
        frame.phase = Phase.FAILED;
        turn.run.ready.remove((Integer) frame.id);
    }

    /** Its definition is not to be had. */
    void abandon(String why) {
        for (Frame frame : turn.run.frames.values()) {
            if (frame.phase == Phase.WAITING || frame.phase == Phase.BACKOFF) {
                if (frame.token != null && frame.ballot == null) {
                    owe(frame);
                }
                frame.forget();
                frame.phase = Phase.STOPPED;
            }
        }
        turn.run.error = RunError.of(ErrorKind.CONFIGURATION, why);
        end(RunStatus.FAILED, Change.RUN_FAILED, null, null);
    }

    private void stop(Frame frame) {
        if (frame.phase == Phase.BACKOFF) {
            frame.forget();
            frame.phase = Phase.NEXT;
            turn.ready(frame);
            return;
        }
        release(frame);
        frame.forget();
        frame.phase = Phase.STOPPED;
    }

    private void end(RunStatus status, Change change, String by, String detail) {
        RunState run = turn.run;
        // One that failed can be cancelled: who waited for it knows of the failure, and waits no more.
        boolean knows = run.status.isEnded();
        run.status = status;
        run.endedAt = turn.now;
        run.haltedAt = turn.now;
        run.forgetAt = turn.now + turn.limits.keptMillis();
        run.continuing = false;
        if (status != RunStatus.FAILED) {
            run.early.clear();
            run.frames.clear();
            run.ready.clear();
            run.input = null;
            run.context = null;
        }
        turn.teller.run(change, by, detail);
        if (!knows) {
            tellParent();
            tellOfVersion();
        }
    }

    /** How it ended first: one that is tried again counts as it went without help. */
    private void tellOfVersion() {
        RunState run = turn.run;
        if (run.epoch == 0 && run.origin.choice() != null && run.status != RunStatus.CANCELLED) {
            turn.commands.add(new RunCommand.Signal(
                    VersionSignals.of(run, turn.envelope(RunKeys.of(run.origin, "signal"), VersionSignals.TYPE))));
        }
    }

    /** A run that another one waits for tells it. */
    void tellParent() {
        RunState run = turn.run;
        if (run.origin.parent() != null && run.origin.parent().token() != null) {
            turn.commands.add(new RunCommand.Return(new ChildEnded(
                    turn.envelope(RunKeys.of(run.origin, "ended" + run.epoch), "child.ended"),
                    run.origin.parent().runId(),
                    run.origin.parent().token(),
                    run.origin.runId(),
                    run.status,
                    run.output == null ? null : Json.write(run.output),
                    run.error == null ? null : run.error.toEvent(),
                    run.costMicros)));
        }
    }

    /** Takes steps away; what they wait for comes in vain, but what it cost still counts. */
    void kill(List<Frame> frames) {
        for (Frame frame : frames) {
            if (frame.phase == Phase.WAITING || frame.phase == Phase.BACKOFF) {
                release(frame);
                turn.teller.ended(Change.STEP_CANCELLED, frame, null);
            }
            turn.run.frames.remove(frame.id);
        }
    }

    private void release(Frame frame) {
        if (frame.ballot != null) {
            turn.close(frame.ballot);
        } else if (frame.token != null) {
            owe(frame);
            if (turn.step(frame) instanceof Step.Run) {
                cancelChild(frame);
            }
        }
    }

    private void owe(Frame frame) {
        turn.run.owed.put(frame.token, frame.pointer);
        Iterator<String> oldest = turn.run.owed.keySet().iterator();
        if (turn.run.owed.size() > turn.limits.owed() && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    private void cancelChild(Frame frame) {
        turn.commands.add(new RunCommand.CancelRun(new WorkflowControl(
                turn.envelope(RunKeys.ofStep(turn.run, frame, "cancel"), "workflow.control"),
                Waits.childId(frame),
                WorkflowControl.Action.CANCEL,
                null,
                "the run " + turn.run.origin.runId() + " does not wait for it any more",
                null)));
    }
}
