package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowSignal;
import java.util.List;
import java.util.Map;

/** How runs begin, or do not. */
final class Beginnings {
    /** Of runs that were never there. */
    private static final String NO_WORKFLOW = "unknown";

    private Beginnings() {}

    static RunState of(RunStarted start, long time) {
        RunState run = new RunState();
        run.origin = RunOrigin.of(start);
        run.startedAt = time;
        run.clock = time;
        return run;
    }

    /** The first step is about to begin. */
    static void start(Turn turn, RunStarted start) {
        RunState run = turn.run;
        JsonNode input;
        RunError problem = null;
        try {
            input = turn.admit(Json.read(start.input()));
        } catch (StepFailure e) {
            input = NullNode.instance;
            problem = e.error();
        }
        run.input = input;
        run.context = NullNode.instance;
        turn.teller.run(Change.RUN_STARTED, null, null);
        Frame root = new Frame(run.nextFrame++, Frame.NO_PARENT, "", 0, 0, "", input);
        run.frames.put(root.id, root);
        if (problem != null) {
            root.failed(problem);
        }
        turn.ready(root);
    }

    static Decision<RunState, RunEffect, RunCommand> refuse(
            RunState state, RunRefused refused, RunLimits limits, long time) {
        RunState run = new RunState();
        run.origin = new RunOrigin(
                refused.envelope().tenant(),
                refused.runId(),
                refused.workflow(),
                refused.version(),
                null,
                refused.attributes(),
                List.of(),
                refused.parent(),
                refused.envelope().correlationId(),
                refused.envelope().traceparent(),
                null);
        run.status = RunStatus.REFUSED;
        run.startedAt = time;
        run.endedAt = time;
        run.clock = time;
        run.forgetAt = time + limits.keptMillis();
        run.error = RunError.of(ErrorKind.CONFIGURATION, refused.reason());
        Turn turn = new Turn(run, null, limits, time);
        turn.teller.run(Change.RUN_REFUSED, null, refused.reason());
        if (state != null) {
            state.early.forEach(early -> tellUnknown(turn, early, "the run was refused"));
        }
        new Endings(turn).tellParent();
        turn.teller.show();
        return new Decision<>(run, RunEffect.APPLIED, turn.commands);
    }

    /** Keeps what people sent before the run began; answers have nobody to come to. */
    static Decision<RunState, RunEffect, RunCommand> expect(
            RunState state, WorkflowInput input, RunLimits limits, long time, long millis) {
        boolean byPeople =
                input instanceof WorkflowControl || input instanceof WorkflowSignal || input instanceof ApprovalDecided;
        boolean full = state != null
                && (state.early.size() >= limits.kept()
                        || Sizes.ofInputs(state.early) + Sizes.of(input) > Inputs.MAX_EARLY);
        if (!byPeople || full) {
            return new Decision<>(state, RunEffect.UNKNOWN_RUN, List.of());
        }
        RunState run = state == null ? new RunState() : state.copy();
        run.early.add(input);
        run.clock = time;
        run.forgetAt = state == null ? time + millis : state.forgetAt;
        return new Decision<>(run, RunEffect.EARLY, List.of());
    }

    /** No run came for what was kept for it. */
    static Decision<RunState, RunEffect, RunCommand> forget(RunState state, RunLimits limits, long time) {
        WorkflowInput first = state.early.get(0);
        RunState run = new RunState();
        run.origin = new RunOrigin(
                first.envelope().tenant(),
                first.runId(),
                NO_WORKFLOW,
                null,
                null,
                Map.of(),
                List.of(),
                null,
                first.envelope().correlationId(),
                first.envelope().traceparent(),
                null);
        Turn turn = new Turn(run, null, limits, time);
        state.early.forEach(early -> tellUnknown(turn, early, "there is no such run"));
        return new Decision<>(null, null, turn.commands);
    }

    private static void tellUnknown(Turn turn, WorkflowInput input, String why) {
        turn.teller.note(
                Change.COMMAND_REFUSED,
                null,
                null,
                input.envelope().type() + " " + input.envelope().eventId() + ": " + why);
    }
}
