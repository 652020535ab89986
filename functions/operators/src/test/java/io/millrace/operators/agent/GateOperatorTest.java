package io.millrace.operators.agent;

import static io.millrace.operators.agent.CallHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.operators.metric.ByName;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GateOperatorTest {
    private static final int MAX_PARALLELISM = 720;
    private static final Gates AGENTS = new AgentGates(GateSettings.DEFAULTS);

    private static AgentAttempt attempt(String id, String tenant, String agent, Rate rate) {
        return attempt(id, tenant, agent, rate, NOW + 60_000);
    }

    private static AgentAttempt attempt(String id, String tenant, String agent, Rate rate, long deadline) {
        return new AgentAttempt(
                id,
                "key-" + id,
                "owner-" + id,
                tenant,
                agent,
                "1",
                1,
                "{}",
                null,
                new Transport("http", "{\"kind\":\"http\"}"),
                "model",
                1_000,
                deadline,
                new Usage(10, 10),
                600,
                rate,
                Budget.UNLIMITED,
                NOW,
                null,
                null);
    }

    private static Rate oneAtATime() {
        return new Rate(0, 0, 1);
    }

    /** One subtask of an operator of gates, on RocksDB. */
    private static final class Harness implements AutoCloseable {
        private final KeyedTwoInputStreamOperatorTestHarness<String, AgentMessage, SourceRecord, AgentMessage> harness;

        private Harness(
                Gates gates,
                KeySelector<AgentMessage, String> key,
                OperatorSubtaskState state,
                int before,
                int parallelism,
                int subtask)
                throws Exception {
            harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                    new GateOperator(gates, () -> 0), key, null, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.setProcessingTime(NOW);
            if (state != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, before, parallelism, subtask));
            }
            harness.open();
        }

        /** The log is read to its end. */
        Harness caughtUp() throws Exception {
            harness.processWatermarkStatus1(WatermarkStatus.IDLE);
            harness.processWatermarkStatus2(WatermarkStatus.IDLE);
            return this;
        }

        static Harness ofAgents(OperatorSubtaskState state) throws Exception {
            return new Harness(AGENTS, AgentMessage::agent, state, 1, 1, 0).caughtUp();
        }

        Harness admit(AgentAttempt attempt) throws Exception {
            harness.processElement1(new StreamRecord<>(AgentMessage.of(attempt)));
            return this;
        }

        Harness settle(AgentAttempt attempt, long time) throws Exception {
            harness.processElement1(new StreamRecord<>(AgentLog.answered(attempt, "1", time)));
            return this;
        }

        Harness flag(String key, String definition) throws Exception {
            harness.processElement2(new StreamRecord<>(new SourceRecord(
                    Topics.FLAGS,
                    0,
                    0,
                    NOW,
                    key.getBytes(StandardCharsets.UTF_8),
                    definition == null ? null : definition.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                    List.of())));
            return this;
        }

        List<String> forwarded() {
            List<String> ids = new ArrayList<>();
            Queue<Object> output = harness.getOutput();
            for (Object element = output.poll(); element != null; element = output.poll()) {
                if (element instanceof StreamRecord<?> record) {
                    ids.add(((AgentMessage) record.getValue()).attempt().attemptId());
                }
            }
            return ids;
        }

        List<String> refused() throws Exception {
            List<String> codes = new ArrayList<>();
            Queue<StreamRecord<OutboundRecord>> outcomes = harness.getSideOutput(GateOperator.OUTCOMES);
            while (outcomes != null && !outcomes.isEmpty()) {
                JsonNode outcome =
                        new ObjectMapper().readTree(outcomes.poll().getValue().value());
                codes.add(outcome.path("attempt_id").asText() + " "
                        + outcome.path("error").path("code").asText());
            }
            return codes;
        }

        /** The keys of gates in state. */
        List<String> kept() {
            GateOperator operator = (GateOperator) harness.getOperator();
            return operator.<String>getKeyedStateBackend()
                    .getKeys(AgentState.GATE.getName(), VoidNamespace.INSTANCE)
                    .toList();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    @Test
    void whatWaitsIsLetThroughWhenItsTurnComes() throws Exception {
        AgentAttempt first = attempt("1", "acme", "a", oneAtATime());
        try (Harness gates = Harness.ofAgents(null)) {
            gates.admit(first)
                    .admit(attempt("2", "acme", "a", oneAtATime()))
                    .admit(attempt("3", "acme", "b", oneAtATime()));
            assertThat(gates.forwarded()).containsExactly("1", "3");

            gates.settle(first, NOW + 1);

            assertThat(gates.forwarded()).containsExactly("2");
        }
    }

    @Test
    void aRestoredGateKnowsWhoRunsAndWhoWaits() throws Exception {
        AgentAttempt first = attempt("1", "acme", "a", oneAtATime());
        AgentAttempt second = attempt("2", "acme", "a", oneAtATime());
        OperatorSubtaskState state;
        try (Harness gates = Harness.ofAgents(null)) {
            gates.admit(first).admit(second);
            state = gates.harness.snapshot(1, NOW);
        }
        try (Harness gates = Harness.ofAgents(state)) {
            gates.admit(first).admit(second);
            assertThat(gates.forwarded()).as("both are known").isEmpty();

            gates.settle(first, NOW + 1).settle(first, NOW + 2);

            assertThat(gates.forwarded()).containsExactly("2");
        }
    }

    @Test
    void whileTheFlagIsOnNobodyIsAskedAlsoAfterARestore() throws Exception {
        String on = "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";
        OperatorSubtaskState state;
        try (Harness gates = Harness.ofAgents(null)) {
            gates.flag("another", on).admit(attempt("1", "acme", "a", Rate.UNLIMITED));
            assertThat(gates.forwarded()).containsExactly("1");
            gates.flag(SafetyFlag.STOP.key(), on).admit(attempt("2", "acme", "a", Rate.UNLIMITED));
            assertThat(gates.forwarded()).isEmpty();
            assertThat(gates.refused()).containsExactly("2 stopped");
            state = gates.harness.snapshot(1, NOW);
        }
        try (Harness gates = Harness.ofAgents(state)) {
            gates.admit(attempt("3", "acme", "a", Rate.UNLIMITED));
            assertThat(gates.refused()).containsExactly("3 stopped");

            gates.flag(SafetyFlag.STOP.key(), "no flag").admit(attempt("4", "acme", "a", Rate.UNLIMITED));
            assertThat(gates.refused()).as("what is no flag changes nothing").containsExactly("4 stopped");

            gates.flag(SafetyFlag.STOP.key(), null).admit(attempt("5", "acme", "a", Rate.UNLIMITED));
            assertThat(gates.forwarded()).containsExactly("5");
        }
    }

    @Test
    void aTenantOrAnAgentMayBeStoppedAlone() throws Exception {
        try (Harness gates = Harness.ofAgents(null)) {
            gates.flag(
                            SafetyFlag.STOP.key(),
                            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off','targeting':"
                                    + "{'if':[{'or':[{'in':[{'var':'tenant'},['acme']]},{'in':[{'var':'agent'},['b']]}]},'on']}}")
                    .admit(attempt("1", "acme", "a", Rate.UNLIMITED))
                    .admit(attempt("2", "umbrella", "a", Rate.UNLIMITED))
                    .admit(attempt("3", "umbrella", "b", Rate.UNLIMITED));

            assertThat(gates.forwarded()).containsExactly("2");
            assertThat(gates.refused()).containsExactly("1 stopped", "3 stopped");
        }
    }

    @Test
    void aFlagThatCanNotBeEvaluatedStops() throws Exception {
        try (Harness gates = Harness.ofAgents(null)) {
            gates.flag(
                            SafetyFlag.STOP.key(),
                            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off','targeting':{'iff':[]}}")
                    .admit(attempt("1", "acme", "a", Rate.UNLIMITED));

            assertThat(gates.refused()).containsExactly("1 stopped");
        }
    }

    @Test
    void whoWaitsTooLongIsLateAlsoAfterARestoreWithMoreParallelism() throws Exception {
        OperatorSubtaskState state;
        try (Harness gates = Harness.ofAgents(null)) {
            for (int i = 0; i < 20; i++) {
                gates.admit(attempt("run-" + i, "acme", "a-" + i, oneAtATime()));
                gates.admit(attempt("wait-" + i, "acme", "a-" + i, oneAtATime()));
            }
            state = gates.harness.snapshot(1, NOW);
        }
        int late = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Harness gates = new Harness(AGENTS, AgentMessage::agent, state, 1, 2, subtask).caughtUp()) {
                gates.harness.setProcessingTime(NOW + 60_020);
                List<String> refused = gates.refused();
                assertThat(refused).isNotEmpty().allMatch(each -> each.matches("wait-\\d+ deadline_passed"));
                late += refused.size();
            }
        }
        assertThat(late).isEqualTo(20);
    }

    /** Whoever may register agents, and remove them, does not fill the memory. */
    @Test
    void ofManyAgentsNotAllAreHeldBetweenCheckpointsAndAllAreLimited() throws Exception {
        int last = ByName.MAX_NAMES + 5;
        try (Harness gates = Harness.ofAgents(null)) {
            for (int i = 0; i <= last; i++) {
                gates.admit(attempt("run-" + i, "acme", "a-" + i, oneAtATime()));
            }
            gates.harness.snapshot(1, NOW);
            assertThat(((GateOperator) gates.harness.getOperator()).held()).isEqualTo(ByName.MAX_NAMES);
            gates.forwarded();

            gates.admit(attempt("wait-0", "acme", "a-0", oneAtATime()))
                    .admit(attempt("wait-last", "acme", "a-" + last, oneAtATime()));

            assertThat(gates.forwarded()).isEmpty();
        }
    }

    @Test
    void aGateThatARecordFromTheFutureHadStoppedGoesOn() throws Exception {
        Rate sixAMinute = new Rate(6, 0, 0);
        long future = NOW + Duration.ofDays(400).toMillis();
        AgentAttempt first = attempt("1", "acme", "a", sixAMinute, future + 60_000);
        OperatorSubtaskState state;
        try (Harness gates = Harness.ofAgents(null)) {
            gates.harness.setProcessingTime(future);
            gates.settle(first, future).admit(first);
            assertThat(gates.forwarded()).containsExactly("1");
            state = gates.harness.snapshot(1, future);
        }
        try (Harness gates = Harness.ofAgents(state)) {
            gates.admit(attempt("2", "acme", "a", sixAMinute));

            gates.harness.setProcessingTime(NOW + 30_000);

            assertThat(gates.forwarded()).containsExactly("2");
        }
    }

    @Test
    void anOutcomeFromTheFutureStopsNobody() throws Exception {
        AgentAttempt first = attempt("1", "acme", "a", oneAtATime());
        try (Harness gates = Harness.ofAgents(null)) {
            gates.admit(first).admit(attempt("2", "acme", "a", oneAtATime()));
            gates.settle(
                    attempt("other", "acme", "a", oneAtATime()),
                    NOW + Duration.ofHours(2).toMillis());
            assertThat(gates.refused()).isEmpty();

            gates.settle(first, NOW + 10);

            assertThat(gates.forwarded()).containsExactly("1", "2");
        }
    }

    @Test
    void aTenantSpendsNoMoreThanItsBudget() throws Exception {
        Gates tenants = new TenantGates(GateSettings.DEFAULTS, Budget.UNLIMITED, Map.of("poor", new Budget(1_000, 0)));
        AgentAttempt first = attempt("1", "poor", "a", Rate.UNLIMITED);
        OperatorSubtaskState state;
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, null, 1, 1, 0).caughtUp()) {
            gates.admit(first)
                    .admit(attempt("2", "poor", "a", Rate.UNLIMITED))
                    .admit(attempt("3", "rich", "a", Rate.UNLIMITED));
            assertThat(gates.forwarded()).containsExactly("1", "3");
            assertThat(gates.refused()).containsExactly("2 budget_exhausted");
            state = gates.harness.snapshot(1, NOW);
        }
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, state, 1, 1, 0).caughtUp()) {
            gates.admit(attempt("4", "poor", "a", Rate.UNLIMITED));
            assertThat(gates.refused()).containsExactly("4 budget_exhausted");

            // It cost nothing in the end.
            gates.settle(first, NOW + 1).admit(attempt("5", "poor", "a", Rate.UNLIMITED));

            assertThat(gates.forwarded()).containsExactly("5");
        }
    }

    @Test
    void afterARestoreNobodyIsLetInBeforeTheLogWasRead() throws Exception {
        Gates tenants = new TenantGates(GateSettings.DEFAULTS, new Budget(1_000, 0), Map.of());
        AgentAttempt paid = attempt("1", "poor", "a", Rate.UNLIMITED);
        AgentAttempt other = attempt("2", "poor", "a", Rate.UNLIMITED);
        OperatorSubtaskState state;
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, null, 1, 1, 0)) {
            // They were let through since the last checkpoint and come again, in another order.
            gates.admit(other);
            assertThat(gates.forwarded()).isEmpty();
            state = gates.harness.snapshot(1, NOW);
        }
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, state, 1, 1, 0)) {
            gates.admit(paid);
            gates.harness.setProcessingTime(NOW + 20);
            assertThat(gates.forwarded()).isEmpty();
            gates.harness.processElement1(new StreamRecord<>(AgentLog.paid(paid, 700, NOW - 1)));

            gates.caughtUp();
            gates.harness.setProcessingTime(NOW + 40);

            assertThat(gates.forwarded()).containsExactly("1");
            assertThat(gates.refused()).containsExactly("2 budget_exhausted");
        }
    }

    @Test
    void aTenantWithoutABudgetHasNoGate() throws Exception {
        Gates tenants = new TenantGates(GateSettings.DEFAULTS, Budget.UNLIMITED, Map.of("poor", new Budget(1_000, 0)));
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, null, 1, 1, 0)) {
            gates.admit(attempt("1", "anybody", "a", Rate.UNLIMITED));

            assertThat(gates.forwarded()).containsExactly("1");
            gates.harness.snapshot(1, NOW);
            assertThat(gates.kept()).isEmpty();
        }
    }

    @Test
    void aGateIsForgottenWhenItsMonthIsOver() throws Exception {
        Gates tenants = new TenantGates(GateSettings.DEFAULTS, new Budget(1_000, 0), Map.of());
        AgentAttempt attempt = attempt("1", "poor", "a", Rate.UNLIMITED);
        OperatorSubtaskState state;
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, null, 1, 1, 0).caughtUp()) {
            gates.admit(attempt);
            gates.harness.processElement1(new StreamRecord<>(AgentLog.paid(attempt, 600, NOW)));
            state = gates.harness.snapshot(1, NOW);
            assertThat(gates.kept()).containsExactly("poor");
        }
        try (Harness gates = new Harness(tenants, AgentMessage::tenant, state, 1, 1, 0).caughtUp()) {
            gates.admit(attempt("2", "poor", "a", Rate.UNLIMITED));
            assertThat(gates.refused()).as("it is remembered until then").containsExactly("2 budget_exhausted");

            gates.harness.setProcessingTime(NOW + Duration.ofDays(40).toMillis());
            gates.harness.snapshot(2, NOW);

            assertThat(gates.kept()).isEmpty();
        }
    }
}
