package io.millrace.logic.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The encodings of gates in state. */
class GateCodecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String CHANGED =
            "Savepoints hold this format. A change of it needs a new version that still reads this one, and a golden file of"
                    + " its own; those of earlier versions stay as they are.";
    private static final Rate RATE = new Rate(60, 6_000, 2);
    private static final Budget BUDGET = new Budget(1_000, 20_000);

    @Test
    void version1OfTenantsGatesIsReadAndWrittenAsEver() throws IOException {
        TenantGate gate = new TenantGate("acme", BUDGET, GateSettings.DEFAULTS);
        for (int i = 0; i < 3; i++) {
            gate.admit(Gates.attempt("x" + i, i, 60_000, RATE, BUDGET, 100, 300));
        }
        gate.settle(Gates.ok("x0", 310), Gates.START + 10);

        byte[] golden = golden("tenant-gate-v1.bin", Gates.bytes(gate::write));

        assertThat(Gates.bytes(gate::write)).as(CHANGED).isEqualTo(golden);
        TenantGate read = Gates.tenantGate(golden, BUDGET);
        assertThat(Gates.bytes(read::write)).as(CHANGED).isEqualTo(golden);
        assertThat(read.spentToday()).isEqualTo(310);
        assertThat(read.reserved()).isEqualTo(600);
        assertThat(read.nextWake()).isEqualTo(gate.nextWake());
    }

    @Test
    void version1OfAgentsGatesIsReadAsEver() throws IOException {
        AgentGate read = Gates.agentGate(golden("agent-gate-v1.bin", null), GateSettings.DEFAULTS);

        assertThat(read.running()).isEqualTo(2);
        assertThat(read.queued()).isEqualTo(1);
        assertThat(read.isCircuitOpen()).isFalse();
        assertThat(Gates.lines(read.settle(Gates.ok("x1"), Gates.START + 20))).containsExactly("forward x3");
    }

    @Test
    void version2OfAgentsGatesIsReadAndWrittenAsEver() throws IOException {
        AgentGate gate = new AgentGate("a", GateSettings.DEFAULTS);
        for (int i = 0; i < 4; i++) {
            gate.admit(Gates.attempt("x" + i, i, 60_000, RATE, BUDGET, 100, 30));
        }
        gate.admit(Gates.attempt("zeta", "z", 5, 60_000, RATE, BUDGET, 100, 30));
        gate.settle(Gates.failed("x0"), Gates.START + 10);

        byte[] golden = golden("agent-gate-v2.bin", Gates.bytes(gate::write));

        assertThat(Gates.bytes(gate::write)).as(CHANGED).isEqualTo(golden);
        AgentGate read = Gates.agentGate(golden, GateSettings.DEFAULTS);
        assertThat(Gates.bytes(read::write)).as(CHANGED).isEqualTo(golden);
        assertThat(read.running()).isEqualTo(2);
        assertThat(read.queued()).isEqualTo(2);
        assertThat(read.nextWake()).isEqualTo(gate.nextWake());
    }

    @Test
    void version1OfWhatIsHeldIsReadAndWrittenAsEver() throws IOException {
        GateSettings settings = GateSettings.DEFAULTS;
        HoldingGate gate = new HoldingGate(new TenantGate("acme", BUDGET, settings), settings, Gates.START + 10);
        gate.hold(Gates.attempt("x0", 0, 60_000, RATE, BUDGET, 100, 300));
        gate.hold(Gates.attempt("x1", 1, 60_000, RATE, BUDGET, 100, 300));

        byte[] golden = golden("holding-gate-v1.bin", Gates.bytes(gate::write));

        assertThat(Gates.bytes(gate::write)).as(CHANGED).isEqualTo(golden);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(golden));
        HoldingGate read =
                HoldingGate.read(TenantGate.read("acme", BUDGET, settings, in), settings, Gates.START + 10, in);
        assertThat(in.available()).isZero();
        assertThat(Gates.lines(read.wake(Gates.START + 10))).containsExactly("forward x0", "forward x1");
    }

    private static byte[] golden(String name, byte[] fresh) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (!Files.exists(file) && Boolean.getBoolean("millrace.refresh")) {
            Files.write(file, fresh);
        }
        return Files.readAllBytes(file);
    }
}
