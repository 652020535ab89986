package io.millrace.logic.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an agent to a tenant beside someone who makes up names of tenants. */
class TenantFairnessTest {
    private static final GateSettings BOUND = new GateSettings(
            2_500,
            1_000,
            16 << 20,
            64 << 20,
            20,
            10,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            TenantLines.of(List.of("acme")));
    private static final Rate ONE_A_SECOND = new Rate(60, 0, 0);
    private static final int SECONDS = 600;

    private AgentGate gate;

    /** How many attempts a tenant makes, how many of them are not refused, and how many start, within ten minutes. */
    private final class Tally {
        private final String tenant;
        private final Set<String> refused = new HashSet<>();
        private int tried;
        private int started;

        private Tally(String tenant) {
            this.tenant = tenant;
        }

        private void tries(long second) {
            count(admit(tenant, tenant + tried++, second));
        }

        private void count(List<GateCommand> commands) {
            for (GateCommand command : commands) {
                if (command instanceof GateCommand.Forward forward
                        && forward.attempt().tenant().equals(tenant)) {
                    started++;
                } else if (command instanceof GateCommand.Refuse refuse
                        && refuse.outcome().tenant().equals(tenant)) {
                    refused.add(refuse.outcome().attemptId());
                }
            }
        }

        private int in() {
            return tried - refused.size();
        }
    }

    private List<GateCommand> admit(String tenant, String id, long second) {
        AgentAttempt attempt = Gates.attempt(
                tenant, id, second * 1_000, 3_600_000 + second * 1_000, ONE_A_SECOND, Budget.UNLIMITED, 0, 0);
        return gate.admit(attempt);
    }

    /** Made-up names fill the queue and try ten times a second, as many together, a tenant once a second after them. */
    private Tally tally(GateSettings settings, String tenant, int names) {
        gate = new AgentGate("a", settings);
        Tally tally = new Tally(tenant);
        int made = 0;
        while (made < 1_100) {
            admit("made-up-" + made % names, "m" + made++, 0);
        }
        for (int second = 1; second <= SECONDS; second++) {
            tally.count(gate.wake(Gates.START + second * 1_000L));
            for (int i = 0; i < 10; i++) {
                tally.count(admit("made-up-" + made % names, "m" + made++, second));
            }
            tally.tries(second);
            if (second % 100 == 0) {
                gate = Gates.agentGate(Gates.bytes(gate::write), settings);
            }
        }
        return tally;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 100, 1_100})
    void howManyNamesAreMadeUpIsNothingToABoundTenant(int names) {
        Tally acme = tally(BOUND, "acme", names);

        assertThat(acme.tried).isEqualTo(SECONDS);
        assertThat(acme.in()).isEqualTo(SECONDS);
        assertThat(acme.started).as("each second turn").isBetween(SECONDS / 2 - 1, SECONDS / 2 + 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 600, 600", "100, 10, 20"})
    void whereNobodyIsBoundEachNameCountsAlike(int names, int atLeast, int atMost) {
        assertThat(tally(GateSettings.DEFAULTS, "acme", names).in()).isBetween(atLeast, atMost);
    }

    @ParameterizedTest
    @CsvSource({"1, 600, 600", "100, 10, 20"})
    void whoIsNotBoundCountsAsOneOfTheNames(int names, int atLeast, int atMost) {
        assertThat(tally(BOUND, "honest", names).in()).isBetween(atLeast, atMost);
    }

    private void fail(String tenant, String id, long second) {
        admit(tenant, id, second);
        gate.settle(Gates.failed(tenant, id), Gates.START + second * 1_000);
    }

    @Test
    void madeUpNamesDoNotTakeTheCircuitOfABoundTenant() {
        gate = new AgentGate("a", BOUND);
        Rate unlimited = Rate.UNLIMITED;
        for (int i = 0; i < 10; i++) {
            gate.admit(Gates.attempt("acme", "a" + i, 0, unlimited));
            gate.settle(Gates.failed("acme", "a" + i), Gates.START);
        }
        for (int i = 0; i < 3_000; i++) {
            gate.admit(Gates.attempt("made-up-" + i, "m" + i, 1, unlimited));
            gate.settle(Gates.failed("made-up-" + i, "m" + i), Gates.START + 1);
        }

        assertThat(Gates.lines(gate.admit(Gates.attempt("acme", "a", 2, unlimited))))
                .containsExactly("RETRYABLE a circuit_open after 29998");
        assertThat(Gates.bytes(gate::write)).as("what is remembered of names").hasSizeLessThan(100_000);
    }

    @Test
    void madeUpNamesDoNotOpenTheCircuitOfAll() {
        gate = new AgentGate("a", BOUND);
        for (int i = 0; i < 100; i++) {
            fail("made-up-" + i, "m" + i, i);
        }

        assertThat(Gates.lines(admit("acme", "a", 100))).containsExactly("forward a");
        assertThat(gate.isCircuitOpen()).isFalse();
    }

    @Test
    void failuresOfABoundTenantAndOfOthersOpenIt() {
        gate = new AgentGate("a", BOUND);
        for (int i = 0; i < 5; i++) {
            fail("acme", "a" + i, 2 * i);
            fail("made-up-" + i, "m" + i, 2 * i + 1);
        }

        assertThat(Gates.lines(admit("other", "o", 9))).containsExactly("RETRYABLE o circuit_open after 30000");
    }
}
