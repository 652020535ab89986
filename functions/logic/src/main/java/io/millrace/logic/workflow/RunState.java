package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is remembered of a run. It is changed while a decision is made, and never after that: each decision works on a
 * copy. Times are milliseconds since the epoch, {@link Long#MAX_VALUE} for never.
 */
public final class RunState {
    /** Null while nothing came but what others have for it. */
    RunOrigin origin;

    RunStatus status = RunStatus.RUNNING;
    /** The latest time that was decided about. */
    long clock;

    long startedAt;
    long endedAt = Long.MAX_VALUE;
    /** Since when its clocks stand still, when they do. */
    long haltedAt;
    /** When it is forgotten. */
    long forgetAt = Long.MAX_VALUE;

    JsonNode input;
    JsonNode context;
    /** Null unless it completed. */
    JsonNode output;
    /** Null unless it failed or was refused. */
    RunError error;
    /** The step that it failed at. */
    int failed;

    Map<Integer, Frame> frames = new TreeMap<>();
    /** What goes on at once. */
    Deque<Integer> ready = new ArrayDeque<>();

    int nextFrame;

    /** How often it was tried again by hand. */
    int epoch;
    /** Of the slices it was cut in, the last. */
    long slice;
    /** Whether the next slice is on its way. */
    boolean continuing;

    /** How many events were told. */
    long number;
    /** How many steps ended. */
    long steps;
    /** How many steps it did since it last waited. */
    long busy;
    /** Of the events, those of steps that did not wait. */
    long told;
    /** How many calls it made. */
    long calls;

    long retries;
    long costMicros;

    /** The calls whose costs may still come, and their steps. */
    Map<String, String> owed = new LinkedHashMap<>();
    /** The requests for approval that are closed. */
    List<String> closed = new ArrayList<>();
    /** The signals and decisions that came early. */
    List<WorkflowInput> early = new ArrayList<>();
    /** The ids of what people sent. */
    List<UUID> seen = new ArrayList<>();
    /** What waits for the definition. */
    List<Parked> parked = new ArrayList<>();

    long parkedUntil = Long.MAX_VALUE;

    /** An input that can't be decided about yet, and its log time. */
    record Parked(long time, WorkflowInput input) {}

    RunState copy() {
        RunState copy = new RunState();
        copy.origin = origin;
        copy.status = status;
        copy.clock = clock;
        copy.startedAt = startedAt;
        copy.endedAt = endedAt;
        copy.haltedAt = haltedAt;
        copy.forgetAt = forgetAt;
        copy.input = input;
        copy.context = context;
        copy.output = output;
        copy.error = error;
        copy.failed = failed;
        frames.forEach((id, frame) -> copy.frames.put(id, frame.copy()));
        copy.ready = new ArrayDeque<>(ready);
        copy.nextFrame = nextFrame;
        copy.epoch = epoch;
        copy.slice = slice;
        copy.continuing = continuing;
        copy.number = number;
        copy.steps = steps;
        copy.busy = busy;
        copy.told = told;
        copy.calls = calls;
        copy.retries = retries;
        copy.costMicros = costMicros;
        copy.owed = new LinkedHashMap<>(owed);
        copy.closed = new ArrayList<>(closed);
        copy.early = new ArrayList<>(early);
        copy.seen = new ArrayList<>(seen);
        copy.parked = new ArrayList<>(parked);
        copy.parkedUntil = parkedUntil;
        return copy;
    }

    /** When time does something to it. */
    long nextWake() {
        if (!parked.isEmpty()) {
            return parkedUntil;
        }
        if (status != RunStatus.RUNNING) {
            return forgetAt;
        }
        long next = forgetAt;
        for (Frame frame : frames.values()) {
            next = Math.min(next, frame.nextWake());
        }
        return next;
    }
}
