package io.millrace.logic.agent;

import io.millrace.logic.dedup.RecentIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A decision in the making: the state as it is by now, and the commands so far. */
final class CallChange {
    private final String owner;
    private final AgentRegistry registry;
    private final CallState before;
    private final List<CallCommand> commands = new ArrayList<>();
    private CallState state;

    /** @param before null when nothing is remembered under the key */
    CallChange(String owner, CallState before, AgentRegistry registry) {
        this.owner = owner;
        this.registry = registry;
        this.before = before;
        this.state = before == null ? CallState.EMPTY : before;
    }

    String owner() {
        return owner;
    }

    AgentRegistry registry() {
        return registry;
    }

    CallState state() {
        return state;
    }

    CallDecision decision(CallEffect effect) {
        boolean same = before != null && state.equals(before);
        return new CallDecision(same ? before : state.isEmpty() ? null : state, effect, List.copyOf(commands));
    }

    void command(CallCommand command) {
        commands.add(command);
    }

    void clock(long time) {
        state = new CallState(time, state.kept(), state.flight(), state.waiters(), state.pending(), state.finished());
    }

    void keep(CachedAnswer answer) {
        state = new CallState(
                state.clock(), answer, state.flight(), state.waiters(), state.pending(), state.finished());
    }

    void flight(Flight flight) {
        state = new CallState(state.clock(), state.kept(), flight, state.waiters(), state.pending(), state.finished());
    }

    void waiters(List<Waiter> waiters) {
        state = new CallState(
                state.clock(), state.kept(), state.flight(), List.copyOf(waiters), state.pending(), state.finished());
    }

    void pending(List<Pending> pending) {
        state = new CallState(
                state.clock(), state.kept(), state.flight(), state.waiters(), List.copyOf(pending), state.finished());
    }

    void finished(RecentIds finished) {
        state = new CallState(state.clock(), state.kept(), state.flight(), state.waiters(), state.pending(), finished);
    }

    void join(Waiter waiter) {
        List<Waiter> waiters = new ArrayList<>(state.waiters());
        waiters.add(waiter);
        waiters(waiters);
    }

    boolean awaits(UUID key) {
        for (Waiter waiter : state.waiters()) {
            if (waiter.key().equals(key)) {
                return true;
            }
        }
        for (Pending call : state.pending()) {
            if (call.key().equals(key)) {
                return true;
            }
        }
        return false;
    }
}
