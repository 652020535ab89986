package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A step that has begun and not ended. It is changed while a decision is made, and never after that: each decision
 * works on copies. Times are milliseconds since the epoch, {@link Long#MAX_VALUE} for never.
 */
final class Frame {
    /** The whole run. */
    static final int ROOT = 0;

    static final int NO_PARENT = -1;

    final int id;
    final int parent;
    final String pointer;
    /** Which branch of a fork it is. */
    final int slot;
    /** How many frames are around it. */
    final int depth;
    /**
     * In which round of each loop around it, in which attempt and after how many jumps back: with the pointer, unique
     * in the run.
     */
    final String path;

    /** What came from the step before. */
    JsonNode raw;

    Phase phase = Phase.ENTER;
    /** Null until it has begun. */
    JsonNode data;
    /** What it came to, or what its rounds came to so far; null when there is none. */
    JsonNode result;
    /** Where the run goes on, when that is not what the step says; null else. */
    String flow;

    long startedAt;
    /** When it did the last thing that people see. */
    long since;

    /** Which step of its list is doing something. */
    int cursor;
    /** How often its list jumped back. */
    int lap;
    /** Which round of a loop. */
    int index;
    /** How often it was tried again. */
    int attempt;
    /** The attempt from which on retries are counted. */
    int firstAttempt;
    /** When it was first tried. */
    long triedAt;
    /** What a loop goes through; null before and elsewhere. */
    JsonNode items;
    /** The error that was caught; null when there is none. */
    JsonNode error;
    /** Why it is about to fail; null when it is not. */
    RunError fault;
    /** What branches or signals came to, null where nothing yet. */
    List<JsonNode> parts = new ArrayList<>();

    /** What an answer has to name; null when nothing answers. */
    String token;
    /** What people are asked; null when they are not. */
    Ballot ballot;

    long wakeAt = Long.MAX_VALUE;
    long timeoutAt = Long.MAX_VALUE;
    long attemptUntil = Long.MAX_VALUE;
    long costMicros;

    Frame(int id, int parent, String pointer, int slot, int depth, String path, JsonNode raw) {
        this.id = id;
        this.parent = parent;
        this.pointer = pointer;
        this.slot = slot;
        this.depth = depth;
        this.path = path;
        this.raw = raw;
    }

    Frame copy() {
        Frame copy = new Frame(id, parent, pointer, slot, depth, path, raw);
        copy.phase = phase;
        copy.data = data;
        copy.result = result;
        copy.flow = flow;
        copy.startedAt = startedAt;
        copy.since = since;
        copy.cursor = cursor;
        copy.lap = lap;
        copy.index = index;
        copy.attempt = attempt;
        copy.firstAttempt = firstAttempt;
        copy.triedAt = triedAt;
        copy.items = items;
        copy.error = error;
        copy.fault = fault;
        copy.parts = parts.isEmpty() ? parts : new ArrayList<>(parts);
        copy.token = token;
        copy.ballot = ballot;
        copy.wakeAt = wakeAt;
        copy.timeoutAt = timeoutAt;
        copy.attemptUntil = attemptUntil;
        copy.costMicros = costMicros;
        return copy;
    }

    /** When time does something to it. */
    long nextWake() {
        long next = Math.min(wakeAt, Math.min(timeoutAt, attemptUntil));
        return ballot == null || phase != Phase.WAITING
                ? next
                : Math.min(next, Math.min(ballot.expiresAt(), ballot.escalateAt()));
    }

    /** Nothing is waited for any more. */
    void forget() {
        token = null;
        ballot = null;
        wakeAt = Long.MAX_VALUE;
    }

    /** An answer came, and so in time. */
    void answered(JsonNode value) {
        forget();
        timeoutAt = Long.MAX_VALUE;
        result = value;
        phase = Phase.DONE;
    }

    /** What it waited for is not to be had. */
    void failed(RunError why) {
        forget();
        timeoutAt = Long.MAX_VALUE;
        fault = why;
        phase = Phase.FAULTED;
    }

    /** Begins anew, as if it had not begun. */
    void restart() {
        forget();
        phase = Phase.ENTER;
        data = null;
        result = null;
        flow = null;
        lap = 0;
        index = 0;
        items = null;
        error = null;
        fault = null;
        parts = new ArrayList<>();
        timeoutAt = Long.MAX_VALUE;
        attemptUntil = Long.MAX_VALUE;
    }

    /** Its clocks stood still for so many milliseconds. */
    void delay(long millis) {
        wakeAt = later(wakeAt, millis);
        timeoutAt = later(timeoutAt, millis);
        attemptUntil = later(attemptUntil, millis);
        if (ballot != null) {
            ballot = ballot.delayed(millis);
        }
    }

    static long later(long time, long millis) {
        return time == Long.MAX_VALUE ? time : time + millis;
    }
}
