package io.millrace.logic.agent.gate;

import static io.millrace.logic.agent.gate.Gates.START;
import static io.millrace.logic.agent.gate.Gates.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that are stamped with a time to come stop no gate, and gates that they had stopped go on. */
class FutureRecordsTest {
    private static final Rate SIX_A_MINUTE = new Rate(6, 0, 0);
    private static final Budget DAILY = new Budget(1_000, 0);

    private final AgentGate agent = new AgentGate("a", GateSettings.DEFAULTS);
    private final TenantGate tenant = new TenantGate("acme", DAILY, GateSettings.DEFAULTS);

    private static long after(String period) {
        return START + Duration.parse(period).toMillis();
    }

    private static List<String> admit(Gate gate, String id, long at) {
        return lines(gate.admit(Gates.attempt(id, at, at + 60_000, SIX_A_MINUTE, Budget.UNLIMITED, 100, 600)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "P400D"})
    void anAgentIsAskedAsOftenAsBefore(String ahead) {
        agent.notAfter(START);
        admit(agent, "1", 0);
        admit(agent, "2", 1);

        agent.settle(Gates.ok("1"), after(ahead));

        assertThat(agent.queued()).as("nobody's deadline has come").isEqualTo(1);
        agent.notAfter(START + 10_000);
        assertThat(lines(agent.wake(START + 10_000))).containsExactly("forward 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "P400D"})
    void anAgentThatWasStoppedIsAskedAgain(String ahead) {
        long future = Duration.parse(ahead).toMillis();
        assertThat(admit(agent, "1", future)).containsExactly("forward 1");
        AgentGate restored = Gates.agentGate(Gates.bytes(agent::write), GateSettings.DEFAULTS);
        restored.notAfter(START);
        assertThat(admit(restored, "2", 0)).as("its bucket is empty").isEmpty();

        restored.notAfter(START + 10_000);

        assertThat(lines(restored.wake(START + 10_000))).containsExactly("forward 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "P400D"})
    void aCircuitThatIsOpenUntilTheFutureCloses(String ahead) {
        for (int i = 0; i < GateSettings.DEFAULTS.circuitFailures(); i++) {
            lines(agent.admit(Gates.attempt("f-" + i, 0, Rate.UNLIMITED)));
            agent.settle(Gates.failed("f-" + i), START);
        }
        assertThat(agent.isCircuitOpen()).isTrue();
        long openFor = GateSettings.DEFAULTS.circuitOpenFor().toMillis();

        agent.notAfter(START + openFor - 1);
        agent.settle(Gates.ok("other"), after(ahead));
        assertThat(agent.isCircuitOpen()).isTrue();

        agent.notAfter(START + openFor);
        agent.wake(START + openFor);
        assertThat(agent.isCircuitOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT13H", "P400D"})
    void aBudgetIsThatOfTheDay(String ahead) {
        tenant.notAfter(START);
        assertThat(admit(tenant, "1", 0)).containsExactly("forward 1");
        tenant.settle(Gates.ok("1", 700), START);

        tenant.settle(Gates.ok("2", 0), after(ahead));

        assertThat(admit(tenant, "3", 0)).as("700 are spent today").containsExactly("REFUSED 3 budget_exhausted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT13H", "P400D"})
    void aBudgetOfTheFutureIsThatOfTheDayAgain(String ahead) {
        tenant.settle(Gates.ok("1", 700), after(ahead));
        TenantGate restored = Gates.tenantGate(Gates.bytes(tenant::write), DAILY);
        assertThat(admit(restored, "2", 0)).containsExactly("REFUSED 2 budget_exhausted");
        long tomorrow = Duration.ofDays(1).toMillis();
        assertThat(admit(restored, "3", ahead.equals("PT13H") ? 0 : tomorrow))
                .containsExactly("REFUSED 3 budget_exhausted");

        restored.notAfter(START);
        restored.notAfter(START + tomorrow);

        assertThat(admit(restored, "4", tomorrow)).containsExactly("forward 4");
    }
}
