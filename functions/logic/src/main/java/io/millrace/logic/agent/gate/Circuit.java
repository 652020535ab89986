package io.millrace.logic.agent.gate;

import io.millrace.logic.agent.gate.CircuitState.Event;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Leaves an agent alone for a while when too many of its last attempts failed. */
final class Circuit {
    private final GateSettings settings;
    private CircuitState state = CircuitState.CLOSED;

    /** The last outcomes, one bit each, 1 for a failure, the latest lowest. */
    private long failures;

    private long openUntil;
    /** The attempt that was let through half-open; null for none. */
    private String probe;

    Circuit(GateSettings settings) {
        this.settings = settings;
    }

    /** @param now log time, milliseconds since the epoch */
    void advance(long now) {
        if (state == CircuitState.OPEN && openUntil <= now) {
            state = state.after(Event.TIME_OVER);
        }
    }

    /** Is open no longer than if it had been opened at {@code latest}. */
    void notAfter(long latest) {
        openUntil = Math.min(openUntil, latest + settings.circuitOpenFor().toMillis());
    }

    boolean isClosed() {
        return state == CircuitState.CLOSED;
    }

    /** Whether a new one would decide alike. */
    boolean isBlank() {
        return isClosed() && failures == 0;
    }

    boolean isOpen() {
        return state == CircuitState.OPEN;
    }

    long openUntil() {
        return openUntil;
    }

    /** Whether an attempt may start. */
    boolean lets() {
        return state == CircuitState.CLOSED || state == CircuitState.HALF_OPEN && probe == null;
    }

    void started(String attemptId) {
        if (state == CircuitState.HALF_OPEN) {
            probe = attemptId;
        }
    }

    /** Whether it was ended by the caller's deadline: the agent may be well or not. */
    static boolean saysNothing(AgentOutcome outcome) {
        return switch (outcome.status()) {
            case TIMED_OUT -> outcome.error().code() == AgentErrorCode.DEADLINE_PASSED;
            case RETRYABLE -> outcome.error().code() == AgentErrorCode.STOPPED;
            case OK, FAILED, REFUSED -> false;
        };
    }

    /** An agent that answers, even that it is asked too often or that another one fails whom it has to reach, is well. */
    static boolean isFailure(AgentOutcome outcome) {
        return switch (outcome.status()) {
            case TIMED_OUT -> true;
            case RETRYABLE ->
                outcome.error().code() != AgentErrorCode.RATE_LIMITED
                        && outcome.error().code() != AgentErrorCode.RECEIVER_FAILED;
            case OK, FAILED, REFUSED -> false;
        };
    }

    /** It ended, and that says nothing: where it was let through to see, another may be. */
    void passedOver(String attemptId) {
        if (attemptId.equals(probe)) {
            probe = null;
        }
    }

    void ended(String attemptId, boolean failed, long now) {
        if (state == CircuitState.HALF_OPEN && !attemptId.equals(probe)) {
            return;
        }
        CircuitState before = state;
        state = state.after(event(failed));
        if (state != before) {
            failures = 0;
            probe = null;
            openUntil =
                    state == CircuitState.OPEN ? now + settings.circuitOpenFor().toMillis() : 0;
        }
    }

    private Event event(boolean failed) {
        if (state == CircuitState.CLOSED) {
            long window = -1L >>> Long.SIZE - settings.circuitWindow();
            failures = (failures << 1 | (failed ? 1 : 0)) & window;
        }
        if (!failed) {
            return Event.SUCCESS;
        }
        return Long.bitCount(failures) >= settings.circuitFailures() ? Event.TOO_MANY_FAILURES : Event.FAILURE;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(state.ordinal());
        out.writeLong(failures);
        out.writeLong(openUntil);
        Binary.writeString(out, probe);
    }

    void read(DataInput in) throws IOException {
        state = CircuitState.ofOrdinal(in.readByte());
        failures = in.readLong();
        openUntil = in.readLong();
        probe = Binary.readString(in);
    }
}
