package io.millrace.logic.workflow;

import io.millrace.logic.workflow.program.Step;
import java.util.List;

/** What time does to a run. */
final class Timers {
    private final Turn turn;
    private final Faults faults;
    private final Approvals approvals;

    Timers(Turn turn, Faults faults) {
        this.turn = turn;
        this.faults = faults;
        this.approvals = new Approvals(turn);
    }

    /** Does all that is due at this time, the outer steps first. */
    void fire(long time) {
        turn.run.busy = 0;
        for (int id : List.copyOf(turn.run.frames.keySet())) {
            Frame frame = turn.run.frames.get(id);
            if (frame != null && turn.isRunning() && frame.nextWake() <= time) {
                fire(frame, time);
            }
        }
    }

    private void fire(Frame frame, long time) {
        if (frame.timeoutAt <= time) {
            frame.timeoutAt = Long.MAX_VALUE;
            faults.fail(frame, RunError.of(ErrorKind.TIMEOUT, "it took longer than its timeout"));
        } else if (frame.attemptUntil <= time) {
            frame.attemptUntil = Long.MAX_VALUE;
            faults.failAttempt(frame, RunError.of(ErrorKind.TIMEOUT, "the attempt took longer than it may"));
        } else if (frame.wakeAt <= time) {
            if (turn.step(frame) instanceof Step.Try) {
                frame.forget();
                frame.phase = Phase.NEXT;
            } else {
                frame.answered(frame.result);
            }
            turn.ready(frame);
        } else if (frame.ballot.expiresAt() <= time) {
            try {
                approvals.expire(frame);
            } catch (StepFailure e) {
                faults.fail(frame, e.error());
            }
        } else {
            approvals.escalate(frame);
        }
    }
}
