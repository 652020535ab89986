package io.millrace.logic.workflow;

import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.util.Locale;

/** What people want a run to do. */
final class Controls {
    private final Turn turn;
    private final Endings endings;

    Controls(Turn turn, Endings endings) {
        this.turn = turn;
        this.endings = endings;
    }

    RunEffect take(WorkflowControl control) {
        RunStatus status = turn.run.status;
        boolean failed = status == RunStatus.FAILED && !turn.run.frames.isEmpty();
        boolean fits =
                switch (control.action()) {
                    case CANCEL -> failed || !status.isEnded();
                    case SUSPEND -> status == RunStatus.RUNNING;
                    case RESUME -> status == RunStatus.SUSPENDED;
                    case RETRY -> failed;
                };
        if (!fits) {
            return turn.teller.refuse(
                    control.by(),
                    control.action().name().toLowerCase(Locale.ROOT) + " does not fit a run that is "
                            + status.name().toLowerCase(Locale.ROOT));
        }
        switch (control.action()) {
            case CANCEL -> endings.cancel(control.by(), control.reason());
            case SUSPEND -> suspend(control);
            case RESUME -> resume(control);
            case RETRY -> {
                return retry(control);
            }
        }
        return RunEffect.APPLIED;
    }

    private void suspend(WorkflowControl control) {
        turn.run.status = RunStatus.SUSPENDED;
        turn.run.haltedAt = turn.now;
        turn.teller.run(Change.RUN_SUSPENDED, control.by(), control.reason());
    }

    private void resume(WorkflowControl control) {
        goOn();
        turn.teller.run(Change.RUN_RESUMED, control.by(), control.reason());
    }

    /** Clocks stood still meanwhile. */
    private void goOn() {
        turn.run.status = RunStatus.RUNNING;
        turn.run.frames.values().forEach(frame -> frame.delay(turn.now - turn.run.haltedAt));
    }

    private RunEffect retry(WorkflowControl control) {
        Frame failed = turn.run.frames.get(turn.run.failed);
        if (control.input() != null) {
            try {
                failed.raw = turn.admit(Json.read(control.input()));
            } catch (StepFailure e) {
                return turn.teller.refuse(
                        control.by(), "the input: " + e.error().detail());
            }
        }
        goOn();
        turn.run.error = null;
        turn.run.endedAt = Long.MAX_VALUE;
        turn.run.forgetAt = Long.MAX_VALUE;
        turn.run.epoch++;
        turn.run.retries++;
        for (Frame frame : turn.run.frames.values()) {
            frame.firstAttempt = frame.attempt;
            frame.triedAt = turn.now;
            if (frame.phase == Phase.FAILED || frame.phase == Phase.STOPPED) {
                frame.restart();
                turn.ready(frame);
            }
        }
        turn.teller.run(Change.RUN_RETRIED, control.by(), control.reason());
        return RunEffect.APPLIED;
    }
}
