package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Catch;
import io.millrace.logic.workflow.program.Formula;
import io.millrace.logic.workflow.program.RetryPolicy;
import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.workflow.WorkflowEvent.Change;

/** What is done when a step fails. */
final class Faults {
    private static final int MAX_STATUS = 999;

    private final Turn turn;
    private final Endings endings;

    Faults(Turn turn, Endings endings) {
        this.turn = turn;
        this.endings = endings;
    }

    /** The error that a step raises. */
    static RunError raised(JsonNode error) throws StepFailure {
        JsonNode type = error.path("type");
        JsonNode status = error.path("status");
        boolean isStatus = status.canConvertToInt() && status.intValue() >= 0 && status.intValue() <= MAX_STATUS;
        if (!type.isTextual() || !isStatus) {
            throw StepFailure.of(
                    ErrorKind.EXPRESSION,
                    "an error that is raised needs a type, a text, and a status, a whole number from 0 to "
                            + MAX_STATUS);
        }
        return new RunError(
                type.textValue(),
                status.intValue(),
                text(error.get("title")),
                text(error.get("detail")),
                text(error.get("instance")),
                null);
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.isTextual() ? value.textValue() : value.toString();
    }

    /** A step fails: the innermost step around it that deals with such errors does, or the run fails. */
    void fail(Frame frame, RunError raw) {
        RunError error = raw.at(frame.pointer);
        endings.drop(frame);
        turn.teller.ended(Change.STEP_FAILED, frame, error);
        Frame failing = frame;
        for (Frame around = turn.parent(frame); around != null; around = turn.parent(around)) {
            try {
                if (isCaughtBy(around, error)) {
                    return;
                }
            } catch (StepFailure e) {
                error = e.error().at(around.pointer);
                failing = around;
                turn.teller.ended(Change.STEP_FAILED, around, error);
            }
        }
        endings.fail(failing, error);
    }

    /** An attempt of the steps inside fails as a whole. */
    void failAttempt(Frame frame, RunError raw) {
        RunError error = raw.at(frame.pointer);
        try {
            if (isCaughtBy(frame, error)) {
                return;
            }
        } catch (StepFailure e) {
            error = e.error();
        }
        fail(frame, error);
    }

    private boolean isCaughtBy(Frame frame, RunError error) throws StepFailure {
        if (frame.phase != Phase.BODY || !(turn.step(frame) instanceof Step.Try attempt)) {
            return false;
        }
        Catch handler = attempt.handler();
        if (!error.matches(handler.filter())) {
            return false;
        }
        frame.error = error.toJson();
        Evaluation evaluation = Evaluation.inside(turn, frame);
        if (!holds(evaluation, frame, handler.when(), true) || holds(evaluation, frame, handler.exceptWhen(), false)) {
            return false;
        }
        RetryPolicy retry = handler.retry();
        if (retry != null
                && holds(evaluation, frame, retry.when(), true)
                && !holds(evaluation, frame, retry.exceptWhen(), false)
                && retry(frame, retry, error)) {
            return true;
        }
        if (handler.body() == null && retry != null) {
            return false;
        }
        handle(frame, handler);
        return true;
    }

    private static boolean holds(Evaluation evaluation, Frame frame, Formula condition, boolean absent)
            throws StepFailure {
        return condition == null ? absent : evaluation.holds(condition, frame.data);
    }

    /** @return false when it was tried often or long enough */
    private boolean retry(Frame frame, RetryPolicy policy, RunError error) throws StepFailure {
        int number = frame.attempt - frame.firstAttempt + 1;
        if (number > policy.maxRetries()) {
            return false;
        }
        double fraction = RunKeys.fraction(RunKeys.ofStep(turn.run, frame, "retry" + frame.attempt));
        long wanted = policy.delay(number, fraction);
        long delay = wanted == 0 ? 0 : Math.max(Turn.LEAST_MILLIS, wanted);
        if (turn.now + delay - frame.triedAt > policy.maxMillis()) {
            return false;
        }
        turn.countCall();
        endings.kill(turn.inside(frame));
        frame.attemptUntil = Long.MAX_VALUE;
        frame.attempt++;
        frame.since = turn.now;
        turn.run.retries++;
        if (delay == 0) {
            frame.phase = Phase.NEXT;
            turn.ready(frame);
        } else {
            frame.phase = Phase.BACKOFF;
            frame.wakeAt = turn.now + delay;
        }
        turn.teller.retried(frame, error);
        return true;
    }

    private void handle(Frame frame, Catch handler) {
        endings.kill(turn.inside(frame));
        frame.attemptUntil = Long.MAX_VALUE;
        if (handler.body() == null || handler.body().size() == 0) {
            frame.flow = handler.then();
            frame.result = frame.data;
            frame.phase = Phase.DONE;
        } else {
            frame.lap = 0;
            frame.cursor = -1;
            frame.phase = Phase.HANDLER;
        }
        turn.ready(frame);
    }
}
