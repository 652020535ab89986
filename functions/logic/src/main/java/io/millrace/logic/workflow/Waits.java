package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowEmitted;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.UUID;

/** Steps that reach out, and wait for what comes of it. */
final class Waits {
    private final Turn turn;
    private final Approvals approvals;

    Waits(Turn turn) {
        this.turn = turn;
        this.approvals = new Approvals(turn);
    }

    /** Whether steps of that kind wait for something. */
    static boolean isWaiting(Step step) {
        return step instanceof Step.Agent
                || step instanceof Step.Approval
                || step instanceof Step.Wait
                || step instanceof Step.Listen
                || step instanceof Step.Run;
    }

    void begin(Frame frame, Step step, Evaluation evaluation) throws StepFailure {
        if (step instanceof Step.Wait wait) {
            pause(frame, evaluation.millis(wait.period(), frame.data));
        } else if (step instanceof Step.Emit emit) {
            emit(frame, evaluation.fill(emit.event(), frame.data));
        } else if (step instanceof Step.Listen listen) {
            listen(frame, listen);
        } else if (step instanceof Step.Run child) {
            start(frame, child, evaluation.fill(child.input(), frame.data));
        } else if (step instanceof Step.Approval approval) {
            turn.countCall();
            approvals.ask(frame, approval.question(), evaluation);
        } else {
            agent(frame, (Step.Agent) step, evaluation);
        }
    }

    private void await(Frame frame) {
        frame.phase = Phase.WAITING;
        frame.since = turn.now;
        turn.run.busy = 0;
        turn.teller.waiting(frame);
    }

    private void pause(Frame frame, long millis) throws StepFailure {
        frame.result = frame.data;
        if (millis == 0) {
            frame.phase = Phase.DONE;
            return;
        }
        turn.countCall();
        frame.wakeAt = turn.now + millis;
        await(frame);
    }

    private void agent(Frame frame, Step.Agent step, Evaluation evaluation) throws StepFailure {
        turn.countCall();
        // What is approved is what is called, whatever becomes of the context meanwhile.
        frame.result = evaluation.fill(step.input(), frame.data);
        int bytes = Json.write(frame.result).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > AgentCall.MAX_INPUT_BYTES) {
            throw StepFailure.of(
                    ErrorKind.VALIDATION,
                    "the input of " + step.agent() + " has " + bytes + " bytes; at most " + AgentCall.MAX_INPUT_BYTES
                            + " are allowed");
        }
        if (turn.run.origin.needsApproval(step.agent())) {
            approvals.gate(frame, step);
        } else {
            call(frame, step);
        }
    }

    /** Calls an agent with what {@link Frame#result} holds. */
    void call(Frame frame, Step.Agent step) throws StepFailure {
        long timeout = step.timeout() == null ? 0 : Evaluation.of(turn, frame).millis(step.timeout(), frame.data);
        RunCommand.Grant grant = frame.ballot == null
                ? null
                : new RunCommand.Grant(
                        frame.ballot.requestId(),
                        Approvals.approvers(frame.ballot),
                        turn.run.origin.agent(step.agent()).digest());
        UUID key = RunKeys.ofStep(turn.run, frame, "call");
        frame.ballot = null;
        frame.token = key.toString();
        turn.commands.add(new RunCommand.Call(
                RunKeys.ofStep(turn.run, frame, "call-event"),
                turn.now,
                turn.run.origin.tenant(),
                turn.run.origin.runId(),
                frame.token,
                step.agent(),
                Json.write(frame.result),
                (int) Math.min(timeout, AgentCall.MAX_TIMEOUT_MS),
                grant,
                turn.run.origin.correlationId(),
                turn.run.origin.traceparent()));
        frame.result = null;
        await(frame);
    }

    private void emit(Frame frame, JsonNode attributes) throws StepFailure {
        turn.countCall();
        UUID id = RunKeys.ofStep(turn.run, frame, "emit");
        ObjectNode event = Json.MAKE.objectNode().put("specversion", "1.0").put("id", id.toString());
        event.put("source", "millrace/" + turn.run.origin.workflow() + "/" + turn.run.origin.runId());
        event.put("time", Instant.ofEpochMilli(turn.now).toString());
        if (!attributes.isObject() || !attributes.path("type").isTextual()) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "an event needs a type, a text");
        }
        event.setAll((ObjectNode) attributes);
        turn.commands.add(new RunCommand.Emit(new WorkflowEmitted(
                turn.envelope(id, "workflow.emitted"),
                turn.run.origin.runId(),
                turn.run.origin.workflow(),
                turn.run.origin.version(),
                frame.pointer,
                Json.write(turn.admit(event)))));
        frame.result = frame.data;
        frame.phase = Phase.DONE;
    }

    /** The run that a step starts. */
    static String childId(Frame frame) {
        return frame.token;
    }

    private void start(Frame frame, Step.Run step, JsonNode input) throws StepFailure {
        turn.countCall();
        int depth = turn.run.origin.depth() + 1;
        if (depth > WorkflowStart.MAX_DEPTH) {
            throw StepFailure.of(
                    ErrorKind.RUNTIME,
                    "more than " + WorkflowStart.MAX_DEPTH + " runs would be above the one it starts");
        }
        String child = RunKeys.ofStep(turn.run, frame, "child").toString();
        turn.commands.add(new RunCommand.StartRun(new WorkflowStart(
                turn.envelope(RunKeys.ofStep(turn.run, frame, "start"), "workflow.start"),
                child,
                step.name(),
                step.version(),
                Json.write(input),
                turn.run.origin.attributes(),
                new WorkflowStart.Parent(turn.run.origin.runId(), step.await() ? child : null, depth))));
        if (step.await()) {
            frame.token = child;
            await(frame);
        } else {
            frame.result = frame.data;
            frame.phase = Phase.DONE;
        }
    }

    private void listen(Frame frame, Step.Listen step) throws StepFailure {
        turn.countCall();
        frame.parts = new ArrayList<>(Collections.nCopies(step.signals().size(), null));
        frame.phase = Phase.WAITING;
        Iterator<WorkflowInput> early = turn.run.early.iterator();
        while (early.hasNext() && frame.phase == Phase.WAITING) {
            if (early.next() instanceof WorkflowSignal signal && hears(frame, signal)) {
                early.remove();
            }
        }
        if (frame.phase == Phase.FAULTED) {
            throw new StepFailure(frame.fault);
        }
        if (frame.phase == Phase.WAITING) {
            await(frame);
        }
    }

    /** @return whether the step waits for it; it is done then, or one signal nearer to it */
    boolean hears(Frame frame, WorkflowSignal signal) throws StepFailure {
        if (frame.phase != Phase.WAITING || !(turn.step(frame) instanceof Step.Listen step)) {
            return false;
        }
        int slot = step.signals().indexOf(signal.name());
        if (slot < 0 || frame.parts.get(slot) != null) {
            return false;
        }
        frame.parts.set(slot, turn.admit(Json.read(signal.data())));
        if (!step.all() || !frame.parts.contains(null)) {
            ArrayNode heard = Json.MAKE.arrayNode();
            frame.parts.stream().filter(part -> part != null).forEach(heard::add);
            try {
                frame.result = turn.admit(heard);
                frame.phase = Phase.DONE;
            } catch (StepFailure e) {
                frame.failed(e.error());
            }
        }
        return true;
    }

    /** What a step waits for, for people. */
    static Waiting waiting(Turn turn, Frame frame) {
        Step step = turn.step(frame);
        Waiting.Kind kind = Waiting.Kind.TIME;
        String name = null;
        long until = Math.min(frame.wakeAt, frame.timeoutAt);
        if (step instanceof Step.Try) {
            kind = Waiting.Kind.RETRY;
        } else if (frame.ballot != null) {
            kind = Waiting.Kind.APPROVAL;
            name = frame.ballot.message();
            until = Math.min(until, frame.ballot.expiresAt());
        } else if (step instanceof Step.Agent agent) {
            kind = Waiting.Kind.AGENT;
            name = agent.agent();
        } else if (step instanceof Step.Listen listen) {
            kind = Waiting.Kind.SIGNAL;
            name = Teller.cut(String.join(", ", listen.signals()));
        } else if (step instanceof Step.Run child) {
            kind = Waiting.Kind.RUN;
            name = child.name();
        }
        return new Waiting(
                kind,
                frame.pointer,
                Teller.iteration(frame),
                name,
                frame.token,
                Instant.ofEpochMilli(frame.since),
                Teller.instant(until));
    }
}
