package io.millrace.logic.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of all gates of agents. */
class AgentGatePropertiesTest {
    private static final Rate RATE = new Rate(60, 6_000, 3);
    private static final Budget BUDGET = new Budget(10_000, 0);
    private static final GateSettings SETTINGS = new GateSettings(
            1_000, 8, 1 << 20, 1 << 20, 6, 4, Duration.ofSeconds(5), Duration.ofMinutes(5), TenantLines.NONE_BOUND);

    /**
     * An attempt, or the outcome of the oldest that runs.
     *
     * @param millis since the one before
     */
    record Step(int millis, boolean isAttempt, int tokens, int micros, int deadline, int status, String tenant) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_500),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.integers().between(0, 600),
                        Arbitraries.integers().between(100, 20_000),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of("acme", "acme", "zeta"))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    /** A gate and what it let through. */
    private static final class Run {
        private AgentGate gate = new AgentGate("a", SETTINGS);
        private final boolean timers;
        private final boolean restoring;
        private final List<GateCommand> commands = new ArrayList<>();
        private final List<AgentAttempt> running = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<Function<AgentGate, List<GateCommand>>> told = new ArrayList<>();
        private long now = Gates.START;

        private Run(boolean timers, boolean restoring) {
            this.timers = timers;
            this.restoring = restoring;
        }

        private void take(List<GateCommand> news, long time) {
            commands.addAll(news);
            for (GateCommand command : news) {
                if (command instanceof GateCommand.Forward forward) {
                    running.add(forward.attempt());
                    starts.add(time);
                }
            }
            assertThat(running).hasSizeLessThanOrEqualTo(RATE.concurrent());
            assertThat(gate.running()).isEqualTo(running.size());
            assertThat(gate.queued()).isLessThanOrEqualTo(SETTINGS.queueLength());
        }

        private void wakeUpTo(long time) {
            int steps = 0;
            while (gate.nextWake() <= time) {
                long moment = gate.nextWake();
                take(gate.wake(moment), moment);
                assertThat(steps++).as("wake-ups that lead nowhere").isLessThan(1_000);
            }
        }

        private void step(int number, Step step) {
            now += step.millis();
            if (restoring) {
                gate = Gates.agentGate(Gates.bytes(gate::write), SETTINGS);
            }
            if (timers) {
                wakeUpTo(now);
            }
            if (step.isAttempt()) {
                long at = now - Gates.START;
                AgentAttempt attempt = Gates.attempt(
                        step.tenant(),
                        "x" + number,
                        at,
                        at + step.deadline(),
                        RATE,
                        BUDGET,
                        step.tokens(),
                        step.micros());
                tell(to -> to.admit(attempt));
            } else if (!running.isEmpty()) {
                settleOldest(step);
            }
        }

        private void settleOldest(Step step) {
            AgentAttempt oldest = running.remove(0);
            AgentOutcome outcome =
                    switch (step.status()) {
                        case 0, 1 ->
                            Gates.outcome(
                                    oldest.tenant(),
                                    oldest.attemptId(),
                                    AgentOutcome.Status.OK,
                                    null,
                                    step.tokens(),
                                    step.micros());
                        case 2 -> Gates.failed(oldest.tenant(), oldest.attemptId());
                        default ->
                            Gates.outcome(
                                    oldest.tenant(),
                                    oldest.attemptId(),
                                    AgentOutcome.Status.TIMED_OUT,
                                    AgentErrorCode.ATTEMPT_TIMED_OUT,
                                    0,
                                    0);
                    };
            long at = now;
            tell(to -> to.settle(outcome, at));
        }

        private void tell(Function<AgentGate, List<GateCommand>> record) {
            told.add(record);
            take(record.apply(gate), now);
        }
    }

    private static Run run(List<Step> steps, boolean timers, boolean restoring) {
        Run run = new Run(timers, restoring);
        for (int i = 0; i < steps.size(); i++) {
            run.step(i, steps.get(i));
        }
        return run;
    }

    @Property(tries = 300)
    void noLimitIsEverPassed(@ForAll("histories") List<Step> steps) {
        Run run = run(steps, true, false);

        // In any time at most a burst, and what a minute's limit gives in it.
        for (int from = 0; from < run.starts.size(); from++) {
            for (int to = from; to < run.starts.size(); to++) {
                double minutes = (run.starts.get(to) - run.starts.get(from)) / 60_000.0;
                assertThat(to - from + 1).isLessThanOrEqualTo((int) (10 + 60 * minutes + 1e-6));
            }
        }
    }

    @Property(tries = 300)
    void everyAttemptIsLetThroughOrRefusedOnce(@ForAll("histories") List<Step> steps) {
        Run run = run(steps, true, false);
        // Those that run are settled, so that those that wait get their turn or their deadline.
        for (int i = 0; i < 200 && run.gate.queued() > 0; i++) {
            run.now += 500;
            run.wakeUpTo(run.now);
            if (!run.running.isEmpty()) {
                run.settleOldest(new Step(0, false, 0, 0, 0, 0, "acme"));
            }
        }

        Set<String> seen = new HashSet<>();
        for (GateCommand command : run.commands) {
            if (command instanceof GateCommand.Forward forward) {
                assertThat(seen.add(forward.attempt().attemptId())).isTrue();
            } else if (command instanceof GateCommand.Refuse refuse) {
                assertThat(seen.add(refuse.outcome().attemptId())).isTrue();
            }
        }
        assertThat(seen).hasSize((int) steps.stream().filter(Step::isAttempt).count());
    }

    @Property(tries = 300)
    void aRestoredGateDecidesAlike(@ForAll("histories") List<Step> steps) {
        assertThat(run(steps, true, true).commands).isEqualTo(run(steps, true, false).commands);
    }

    /** Whether a timer passes a moment or the record after it: the decisions are the same. */
    @Property(tries = 300)
    void timersAndRecordsDecideAlike(@ForAll("histories") List<Step> steps) {
        Run byTimers = run(steps, true, false);
        long end = byTimers.now + 3_600_000;
        AgentGate byRecords = new AgentGate("a", SETTINGS);
        List<GateCommand> commands = new ArrayList<>();
        byTimers.told.forEach(record -> commands.addAll(record.apply(byRecords)));

        byTimers.commands.addAll(byTimers.gate.wake(end));
        commands.addAll(byRecords.wake(end));

        assertThat(commands).isEqualTo(byTimers.commands);
        assertThat(Gates.bytes(byRecords::write)).isEqualTo(Gates.bytes(byTimers.gate::write));
    }

    /** However many wait of another tenant, before the n-th of mine at most n of theirs start. */
    @Property(tries = 300)
    void oneTenantsCallsWaitForOneOfAnotherEachAtMost(
            @ForAll @IntRange(min = 1, max = 50) int flood, @ForAll @IntRange(min = 1, max = 4) int mine) {
        AgentGate gate = new AgentGate("a", SETTINGS);
        Rate one = new Rate(0, 0, 1);
        gate.admit(Gates.attempt("flood", "f0", 0, one));
        for (int i = 1; i <= flood; i++) {
            gate.admit(Gates.attempt("flood", "f" + i, 0, one));
        }
        for (int i = 1; i <= mine; i++) {
            gate.admit(Gates.attempt("mine", "m" + i, 1, one));
        }
        String running = "f0";
        int floods = 0;
        int mines = 0;
        while (mines < mine) {
            gate.admit(Gates.attempt("flood", "g" + floods + "-" + mines, 2, one));
            List<GateCommand> next =
                    gate.settle(Gates.ok(running.startsWith("m") ? "mine" : "flood", running), Gates.START + 3);
            running = ((GateCommand.Forward) next.get(0)).attempt().attemptId();
            if (running.startsWith("m")) {
                mines++;
            } else {
                floods++;
            }
            assertThat(floods).isLessThanOrEqualTo(mines + 1);
        }
    }
}
