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

    private HoldingGate gate = new HoldingGate(new TenantGate("acme", BUDGET, GateSettings.DEFAULTS));

    private static AgentAttempt costing(String id, long micros) {
        return Gates.attempt(id, 0, 60_000, Rate.UNLIMITED, Budget.UNLIMITED, 0, micros);
    }

    @Test
    void whatIsHeldComesAfterWhatTheLogSaysMeanwhile() {
        gate.hold(costing("new", 600), START + 10);
        gate.hold(costing("paid", 600), START + 10);
        assertThat(gate.nextWake()).isEqualTo(START + 10);
        gate.settle(Gates.ok("paid", 700), START + 5);

        assertThat(gate.wake(START + 9)).isEmpty();
        assertThat(lines(gate.wake(START + 10))).containsExactly("REFUSED new budget_exhausted", "forward paid");

        assertThat(gate.wake(START + 11)).isEmpty();
        assertThat(gate.nextWake()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutAHoldItIsTheGate() {
        assertThat(lines(gate.admit(costing("1", 100)))).containsExactly("forward 1");
        gate.holdUntil(START + 1_000_000);

        assertThat(gate.nextWake()).as("the release of 1").isEqualTo(START + 360_000);
    }

    @Test
    void whatIsHeldOutlivesARestoreAndMayBeHeldForLonger() throws IOException {
        gate.hold(costing("1", 100), START + 10);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Gates.bytes(gate::write)));

        gate = HoldingGate.read(TenantGate.read("acme", BUDGET, GateSettings.DEFAULTS, in), in);
        gate.holdUntil(START + 20);

        assertThat(gate.wake(START + 10)).isEmpty();
        assertThat(lines(gate.wake(START + 20))).containsExactly("forward 1");
    }
}
