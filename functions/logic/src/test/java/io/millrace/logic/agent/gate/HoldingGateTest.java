package io.millrace.logic.agent.gate;

import static io.millrace.logic.agent.gate.Gates.START;
import static io.millrace.logic.agent.gate.Gates.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HoldingGateTest {
    private static final Budget BUDGET = new Budget(1_000, 0);
    private static final GateSettings SETTINGS = GateSettings.DEFAULTS;

    private HoldingGate gate = new HoldingGate(new TenantGate("acme", BUDGET, SETTINGS), SETTINGS, START + 10);

    private static AgentAttempt costing(String id, long micros) {
        return Gates.attempt(id, 0, 60_000, Rate.UNLIMITED, Budget.UNLIMITED, 0, micros);
    }

    @Test
    void whatIsHeldComesAfterWhatTheLogSaysMeanwhile() {
        assertThat(gate.hold(costing("new", 600))).isEmpty();
        assertThat(gate.hold(costing("paid", 600))).isEmpty();
        assertThat(gate.nextWake()).isEqualTo(START + 10);
        gate.settle(Gates.ok("paid", 700), START + 5);

        assertThat(gate.wake(START + 9)).isEmpty();
        assertThat(lines(gate.wake(START + 10))).containsExactly("REFUSED new budget_exhausted", "forward paid");

        assertThat(gate.wake(START + 11)).isEmpty();
        assertThat(gate.nextWake()).isGreaterThan(START + 11);
    }

    @Test
    void whatNoBudgetCanRefuseIsNotHeld() {
        assertThat(lines(gate.hold(costing("free", -1)))).containsExactly("forward free");

        gate = new HoldingGate(new TenantGate("acme", Budget.UNLIMITED, SETTINGS), SETTINGS, START + 10);
        assertThat(lines(gate.hold(costing("1", 100)))).containsExactly("forward 1");

        gate = new HoldingGate(new AgentGate("a", SETTINGS), SETTINGS, START + 10);
        assertThat(lines(gate.hold(costing("1", 100)))).containsExactly("forward 1");
    }

    @Test
    void anAgentsOwnBudgetHoldsToo() {
        gate = new HoldingGate(new AgentGate("a", SETTINGS), SETTINGS, START + 10);
        gate.hold(Gates.attempt("1", 0, 60_000, Rate.UNLIMITED, BUDGET, 0, 100));

        assertThat(lines(gate.wake(START + 10))).containsExactly("forward 1");
    }

    @Test
    void withoutAHoldItIsTheGate() {
        assertThat(lines(gate.admit(costing("1", 100)))).containsExactly("forward 1");

        assertThat(gate.nextWake()).as("the release of 1").isEqualTo(START + 360_000);
    }

    @Test
    void noMoreAreHeldThanMayWait() {
        for (int i = 0; i < SETTINGS.queueLength(); i++) {
            gate.hold(costing("k-" + i, 1));
        }
        assertThat(gate.hold(costing("k-0", 1))).as("the same again").isEmpty();

        assertThat(lines(gate.hold(costing("more", 1)))).containsExactly("RETRYABLE more overloaded");
    }

    @Test
    void whatIsHeldOutlivesARestoreAndIsHeldUntilThatIsOver() throws IOException {
        gate.hold(costing("1", 100));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Gates.bytes(gate::write)));

        gate = HoldingGate.read(TenantGate.read("acme", BUDGET, SETTINGS, in), SETTINGS, START + 20, in);

        assertThat(gate.wake(START + 10)).isEmpty();
        assertThat(lines(gate.wake(START + 20))).containsExactly("forward 1");
    }
}
