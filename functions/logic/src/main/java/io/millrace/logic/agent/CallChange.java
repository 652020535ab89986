package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.agent.registry.RegisteredAgent;
import io.millrace.logic.agent.schema.CheckAllowance;
import io.millrace.logic.decision.Decision;
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
    private final CheckAllowance inputChecks = new CheckAllowance();
    private CallState state;
    private RegisteredAgent checkedBy;
    private String checkedInput;
    private String inputProblem;

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

    /** What is wrong with an input by the agent's schema, or null. Of many calls with one input it is checked once. */
    String inputProblem(RegisteredAgent agent, String input) {
        if (agent != checkedBy || !input.equals(checkedInput)) {
            inputProblem = agent.input().problem(input, inputChecks);
            checkedBy = agent;
            checkedInput = input;
        }
        return inputProblem;
    }

    Decision<CallState, CallEffect, CallCommand> decision(CallEffect effect) {
        boolean same = before != null && state.equals(before);
        return new Decision<>(same ? before : state.isEmpty() ? null : state, effect, List.copyOf(commands));
    }

    void command(CallCommand command) {
        commands.add(command);
    }

    /** Takes back what was set as of after {@code latest}, milliseconds since the epoch. */
    void notAfter(long latest) {
        state = state.notAfter(latest);
    }

    void clock(long time) {
        set(time, state.kept(), state.flight(), state.waiters(), state.pending(), state.finished(), state.early());
    }

    void keep(CachedAnswer answer) {
        set(state.clock(), answer, state.flight(), state.waiters(), state.pending(), state.finished(), state.early());
    }

    void flight(Flight flight) {
        set(state.clock(), state.kept(), flight, state.waiters(), state.pending(), state.finished(), state.early());
    }

    void waiters(List<Waiter> waiters) {
        set(state.clock(), state.kept(), state.flight(), waiters, state.pending(), state.finished(), state.early());
    }

    void pending(List<Pending> pending) {
        set(state.clock(), state.kept(), state.flight(), state.waiters(), pending, state.finished(), state.early());
    }

    void finished(RecentIds finished) {
        set(state.clock(), state.kept(), state.flight(), state.waiters(), state.pending(), finished, state.early());
    }

    void early(List<EarlyOutcome> early) {
        set(state.clock(), state.kept(), state.flight(), state.waiters(), state.pending(), state.finished(), early);
    }

    private void set(
            long clock,
            CachedAnswer kept,
            Flight flight,
            List<Waiter> waiters,
            List<Pending> pending,
            RecentIds finished,
            List<EarlyOutcome> early) {
        state = new CallState(
                clock, kept, flight, List.copyOf(waiters), List.copyOf(pending), finished, List.copyOf(early));
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
