package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunContinued;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowSignal;
import java.util.UUID;

/** What comes to a run that has begun. */
final class Inputs {
    private static final int MAX_SEEN = 200;
    /** Of data of signals and decisions that are kept, in characters. */
    static final long MAX_EARLY = 1 << 20;

    private final Turn turn;
    private final Controls controls;
    private final Waits waits;
    private final Approvals approvals;

    Inputs(Turn turn, Endings endings) {
        this.turn = turn;
        this.controls = new Controls(turn, endings);
        this.waits = new Waits(turn);
        this.approvals = new Approvals(turn);
    }

    RunEffect take(WorkflowInput input) {
        if (!input.envelope().tenant().equals(turn.run.origin.tenant())) {
            return RunEffect.UNKNOWN_RUN;
        }
        if (input instanceof AgentAnswered answer) {
            return answer(answer.result());
        }
        if (input instanceof ChildEnded child) {
            return child(child);
        }
        if (input instanceof RunContinued slice) {
            return slice(slice);
        }
        if (input instanceof WorkflowControl || input instanceof WorkflowSignal || input instanceof ApprovalDecided) {
            return byPeople(input);
        }
        // It has begun already, or was refused.
        return RunEffect.STALE;
    }

    private RunEffect byPeople(WorkflowInput input) {
        UUID id = input.envelope().eventId();
        if (turn.run.seen.contains(id)) {
            return RunEffect.STALE;
        }
        turn.run.seen.add(id);
        if (turn.run.seen.size() > MAX_SEEN) {
            turn.run.seen.remove(0);
        }
        if (input instanceof WorkflowControl control) {
            return controls.take(control);
        }
        return input instanceof WorkflowSignal signal ? signal(signal) : decision((ApprovalDecided) input);
    }

    /** The step that waits for an answer; null when none does. */
    private Frame waiting(String token) {
        for (Frame frame : turn.run.frames.values()) {
            if (frame.phase == Phase.WAITING && frame.ballot == null && token.equals(frame.token)) {
                return frame;
            }
        }
        return null;
    }

    private RunEffect answer(AgentResult result) {
        Frame frame = waiting(result.callKey());
        if (frame == null || !(turn.step(frame) instanceof Step.Agent)) {
            return settle(result.callKey(), result.costMicros());
        }
        spend(frame, result.costMicros());
        switch (result.status()) {
            case OK, DEGRADED -> answered(frame, result.output());
            case SKIPPED -> frame.answered(NullNode.instance);
            default -> frame.failed(error(result));
        }
        turn.ready(frame);
        return RunEffect.APPLIED;
    }

    private void answered(Frame frame, String output) {
        try {
            frame.answered(turn.admit(Json.read(output)));
        } catch (StepFailure e) {
            frame.failed(e.error());
        }
    }

    private void spend(Frame frame, long costMicros) {
        frame.costMicros = sum(frame.costMicros, costMicros);
        turn.run.costMicros = sum(turn.run.costMicros, costMicros);
        turn.run.busy = 0;
    }

    /** Costs are what others claim: a sum that is too large stays the largest there is. */
    private static long sum(long costs, long more) {
        return costs > Long.MAX_VALUE - more ? Long.MAX_VALUE : costs + more;
    }

    /** Nobody waits for it any more, but it has a price. */
    private RunEffect settle(String token, long costMicros) {
        if (turn.run.owed.remove(token) == null) {
            return RunEffect.STALE;
        }
        turn.run.costMicros = sum(turn.run.costMicros, costMicros);
        turn.teller.note(Change.COST_SETTLED, null, null, token);
        return RunEffect.SETTLED;
    }

    private static RunError error(AgentResult result) {
        String code = result.error() == null ? null : result.error().code().wireName();
        String detail = result.agent() + ": "
                + (result.error() == null ? result.status() : result.error().message());
        if (isTimeout(result)) {
            return new RunError(
                    ErrorKind.TIMEOUT.type(),
                    ErrorKind.TIMEOUT.status(),
                    ErrorKind.TIMEOUT.title(),
                    detail,
                    null,
                    code);
        }
        int status = result.error() == null
                ? ErrorKind.COMMUNICATION.status()
                : status(result.error().code());
        return new RunError(
                ErrorKind.COMMUNICATION.type(), status, ErrorKind.COMMUNICATION.title(), detail, null, code);
    }

    private static boolean isTimeout(AgentResult result) {
        return result.status() == AgentResult.Status.TIMED_OUT
                || result.error() != null
                        && (result.error().code() == AgentErrorCode.DEADLINE_PASSED
                                || result.error().code() == AgentErrorCode.ATTEMPT_TIMED_OUT);
    }

    /** As HTTP would have it. */
    private static int status(AgentErrorCode code) {
        return switch (code) {
            case UNKNOWN_AGENT -> 404;
            case APPROVAL_REQUIRED, HOST_NOT_ALLOWED -> 403;
            case INPUT_INVALID, AGENT_REJECTED, CONTENT_FILTERED -> 400;
            case BUDGET_EXHAUSTED, RATE_LIMITED -> 429;
            case UNREACHABLE, OVERLOADED, CIRCUIT_OPEN, STOPPED -> 503;
            case UNAUTHORIZED -> 401;
            case OUTPUT_INVALID, OUTPUT_TOO_LARGE, RECEIVER_FAILED -> 502;
            default -> ErrorKind.COMMUNICATION.status();
        };
    }

    private RunEffect child(ChildEnded child) {
        // The id of a run that another one starts is its token: who starts one can't say that it is somebody's child.
        Frame frame = child.token().equals(child.childRunId()) ? waiting(child.token()) : null;
        if (frame == null || !(turn.step(frame) instanceof Step.Run)) {
            return settle(child.token(), child.costMicros());
        }
        spend(frame, child.costMicros());
        if (child.state() == RunStatus.COMPLETED) {
            answered(frame, child.output());
        } else if (child.state() == RunStatus.CANCELLED || child.error() == null) {
            frame.failed(RunError.of(ErrorKind.RUNTIME, "the run " + child.childRunId() + " was cancelled"));
        } else {
            RunError error = RunError.of(child.error());
            frame.failed(new RunError(
                    error.type(),
                    error.status(),
                    error.title(),
                    "the run " + child.childRunId() + " failed: " + error.detail(),
                    null,
                    null));
        }
        turn.ready(frame);
        return RunEffect.APPLIED;
    }

    private RunEffect slice(RunContinued slice) {
        if (!turn.run.continuing || slice.slice() != turn.run.slice) {
            return RunEffect.STALE;
        }
        turn.run.continuing = false;
        return RunEffect.APPLIED;
    }

    private RunEffect signal(WorkflowSignal signal) {
        if (turn.run.status.isEnded()) {
            return turn.teller.refuse(null, "the signal " + signal.name() + " came after the run had ended");
        }
        for (Frame frame : turn.run.frames.values()) {
            try {
                if (waits.hears(frame, signal)) {
                    turn.run.busy = 0;
                    turn.teller.note(Change.SIGNAL_RECEIVED, frame, null, signal.name());
                    if (frame.phase != Phase.WAITING) {
                        turn.ready(frame);
                    }
                    return RunEffect.APPLIED;
                }
            } catch (StepFailure e) {
                return turn.teller.refuse(
                        null, "the signal " + signal.name() + ": " + e.error().detail());
            }
        }
        return early(signal, "signals and decisions are kept that the run does not wait for yet");
    }

    private RunEffect decision(ApprovalDecided decision) {
        for (Frame frame : turn.run.frames.values()) {
            if (frame.phase == Phase.WAITING
                    && frame.ballot != null
                    && frame.ballot.requestId().equals(decision.requestId())) {
                return approvals.decide(frame, decision);
            }
        }
        boolean late = turn.run.closed.contains(decision.requestId());
        if (late || turn.run.status.isEnded()) {
            turn.teller.note(
                    Change.DECISION_REFUSED,
                    null,
                    decision.by(),
                    late
                            ? "too late: the request " + decision.requestId()
                                    + " was decided, has expired or is not needed any more"
                            : "too late: the run has ended");
            return RunEffect.REFUSED;
        }
        return early(decision, "signals and decisions are kept that the run does not wait for yet");
    }

    private RunEffect early(WorkflowInput input, String what) {
        if (turn.run.early.size() >= turn.limits.kept()) {
            return turn.teller.refuse(null, "no more than " + turn.limits.kept() + " " + what);
        }
        if (Sizes.ofInputs(turn.run.early) + Sizes.of(input) > MAX_EARLY) {
            return turn.teller.refuse(null, "no more than " + MAX_EARLY + " characters of " + what);
        }
        turn.run.early.add(input);
        return RunEffect.EARLY;
    }
}
