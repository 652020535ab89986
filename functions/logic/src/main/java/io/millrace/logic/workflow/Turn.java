package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.Step;
import io.millrace.logic.workflow.program.TaskList;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One decision in the making: a copy of the run, and what is to be done. */
final class Turn {
    /** Data of so many bytes counts as much as a step. */
    private static final long BYTES_OF_A_STEP = 1_024;

    /** The shortest time that a run waits: timers come a tenth of a second late anyway. */
    static final long LEAST_MILLIS = 100;

    private static final int MAX_CLOSED = 200;

    final RunState run;
    final Program program;
    final RunLimits limits;
    /** Log time, milliseconds since the epoch. */
    final long now;

    final List<RunCommand> commands = new ArrayList<>();
    final Teller teller;

    /** What was done so far, see {@link RunLimits#slice}. */
    long work;
    /** Whose failure it is when something fails. */
    Frame acting;

    /** @param program null where none is needed */
    Turn(RunState run, Program program, RunLimits limits, long now) {
        this.run = run;
        this.program = program;
        this.limits = limits;
        this.now = now;
        this.teller = new Teller(this);
    }

    Step step(Frame frame) {
        Step step = program.step(frame.pointer);
        if (step == null) {
            throw new IllegalStateException("the definition has no step " + frame.pointer);
        }
        return step;
    }

    /** Null for the root. */
    Frame parent(Frame frame) {
        return run.frames.get(frame.parent);
    }

    /** The list whose steps a frame goes through now. */
    TaskList list(Frame frame) {
        Step step = step(frame);
        if (step instanceof Step.Try attempt) {
            return frame.phase == Phase.HANDLER ? attempt.handler().body() : attempt.body();
        }
        if (step instanceof Step.For loop) {
            return loop.body();
        }
        return ((Step.Do) step).body();
    }

    /** All frames inside of one, the outer before the inner. */
    List<Frame> inside(Frame outer) {
        List<Frame> inside = new ArrayList<>();
        Set<Integer> ids = new HashSet<>(List.of(outer.id));
        // A frame is younger than the one around it.
        for (Frame frame : run.frames.values()) {
            if (ids.contains(frame.parent)) {
                ids.add(frame.id);
                inside.add(frame);
            }
        }
        return inside;
    }

    void ready(Frame frame) {
        run.ready.addLast(frame.id);
    }

    /** A step begins beside or inside others. */
    void spawn(Frame parent, Step step, int slot, String path, JsonNode raw) throws StepFailure {
        if (run.frames.size() >= limits.frames()) {
            throw StepFailure.of(ErrorKind.RUNTIME, "more than " + limits.frames() + " steps at the same time");
        }
        if (run.nextFrame == Integer.MAX_VALUE) {
            throw StepFailure.of(ErrorKind.RUNTIME, "more steps than a run can have");
        }
        Frame frame = new Frame(
                run.nextFrame++,
                parent == null ? Frame.NO_PARENT : parent.id,
                step.head().pointer(),
                slot,
                parent == null ? 0 : parent.depth + 1,
                path,
                raw);
        run.frames.put(frame.id, frame);
        ready(frame);
    }

    /**
     * Admits a value to the run.
     *
     * @throws StepFailure when it is too large or nested too deeply
     */
    JsonNode admit(JsonNode value) throws StepFailure {
        long size = Json.size(value, limits.dataDepth());
        work += size / BYTES_OF_A_STEP;
        if (size > limits.dataBytes()) {
            throw StepFailure.of(
                    ErrorKind.RUNTIME,
                    "a value of about " + size + " bytes; at most " + limits.dataBytes() + " are allowed");
        }
        return value;
    }

    /** One more call, of whatever kind. */
    void countCall() throws StepFailure {
        if (++run.calls > limits.calls()) {
            throw StepFailure.of(
                    ErrorKind.RUNTIME,
                    "more than " + limits.calls() + " calls, approvals, events, runs, waits and retries");
        }
    }

    /** Decisions about a request are late from now on. */
    void close(Ballot ballot) {
        run.closed.add(ballot.requestId());
        if (run.closed.size() > MAX_CLOSED) {
            run.closed.remove(0);
        }
    }

    boolean isRunning() {
        return run.status == RunStatus.RUNNING;
    }

    Envelope envelope(UUID id, String type) {
        return new Envelope(
                id,
                type,
                Instant.ofEpochMilli(now),
                run.origin.tenant(),
                run.origin.correlationId(),
                run.origin.traceparent());
    }
}
