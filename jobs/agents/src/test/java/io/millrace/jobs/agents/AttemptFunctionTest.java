package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.jobs.agents.trace.TraceSettings;
import io.millrace.logic.agent.PriceTable;
import io.millrace.logic.agent.gate.TenantLines;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.process.FreePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttemptFunctionTest {
    private static final int SHORT = 1_000;
    private static final int LONG = 3_600_000;
    private static final long ESTIMATE = 700;
    private static final long LIMIT_SECONDS = 60;

    /** A token of input costs two millionths. */
    private final AttemptFunction function = new AttemptFunction(
            TransportSettings.DEFAULTS.with(Egress.to(List.of(), List.of("127.0.0.0/8", "::1"))),
            new PriceTable(Map.of("small", new PriceTable.Price(2_000_000, 0))),
            new TraceSettings(null, 1, "test", null),
            5,
            TenantLines.NONE_BOUND);

    @BeforeEach
    void open() throws Exception {
        function.setRuntimeContext(new MockStreamingRuntimeContext(1, 0));
        function.open(DefaultOpenContext.INSTANCE);
    }

    @AfterEach
    void close() {
        function.close();
    }

    /** An attempt of an agent that never answers and uses as many tokens as the input says. */
    static AgentAttempt attempt(int timeoutMs, long deadline, long estimatedMicros, String input) {
        return attempt("{\"kind\":\"in-process\",\"name\":\"waiting\"}", timeoutMs, deadline, estimatedMicros, input);
    }

    /** A small one of some tenant. */
    static AgentAttempt attempt(String tenant) {
        return attempt("{}", tenant, SHORT, 0, 0, "0");
    }

    private static AgentAttempt attempt(
            String transport, int timeoutMs, long deadline, long estimatedMicros, String input) {
        return attempt(transport, "acme", timeoutMs, deadline, estimatedMicros, input);
    }

    private static AgentAttempt attempt(
            String transport, String tenant, int timeoutMs, long deadline, long estimatedMicros, String input) {
        return new AgentAttempt(
                "k#1",
                "k",
                "owner",
                tenant,
                "writer",
                "1",
                1,
                input,
                null,
                new Transport(transport.contains("http") ? "http" : "in-process", transport),
                "small",
                timeoutMs,
                deadline,
                Usage.NONE,
                estimatedMicros,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                null,
                null);
    }

    private static long in(int millis) {
        return System.currentTimeMillis() + millis;
    }

    /** Completes a future with what the function completes, or fails to. */
    private record Result(CompletableFuture<Collection<OutboundRecord>> future)
            implements ResultFuture<OutboundRecord> {
        @Override
        public void complete(Collection<OutboundRecord> records) {
            future.complete(records);
        }

        @Override
        public void completeExceptionally(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void complete(CollectionSupplier<OutboundRecord> records) {
            throw new UnsupportedOperationException();
        }
    }

    private AgentOutcome outcome(AgentAttempt attempt) throws Exception {
        return started(attempt).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<AgentOutcome> started(AgentAttempt attempt) {
        Result result = new Result(new CompletableFuture<>());
        function.asyncInvoke(attempt, result);
        return result.future().thenApply(AttemptFunctionTest::only);
    }

    private static AgentOutcome only(Collection<OutboundRecord> records) {
        assertThat(records).hasSize(1);
        byte[] value = records.iterator().next().value();
        try {
            return AgentOutcomeReader.read(new SourceRecord("agent-outcomes", 0, 0, 0, null, value, List.of()));
        } catch (RejectedEventException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAgentThatTakesLongerThanItMayTimedOut() throws Exception {
        AgentOutcome outcome = outcome(attempt(SHORT, in(LONG), 0, "0"));

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.error().code()).isEqualTo(AgentErrorCode.ATTEMPT_TIMED_OUT);
    }

    @Test
    void aDeadlineThatLeavesTheAgentLittleTimeIsNotItsFault() throws Exception {
        AgentOutcome outcome = outcome(attempt(LONG, in(SHORT), 0, "0"));

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.error().code()).isEqualTo(AgentErrorCode.DEADLINE_PASSED);
    }

    @Test
    void anAttemptWhoseDeadlineHasPassedIsNotMadeAndCostsNothing() throws Exception {
        AgentOutcome outcome = outcome(attempt(LONG, in(-1), ESTIMATE, "0"));

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.error().code()).isEqualTo(AgentErrorCode.DEADLINE_PASSED);
        assertThat(outcome.costMicros()).isZero();
        assertThat(outcome.startedAt()).isEqualTo(outcome.endedAt());
    }

    @Test
    void anAnswerThatDidNotComeCostsTheEstimate() throws Exception {
        assertThat(outcome(attempt(SHORT, in(LONG), ESTIMATE, "0")).costMicros())
                .isEqualTo(ESTIMATE);
        assertThat(outcome(attempt(LONG, in(SHORT), ESTIMATE, "0")).costMicros())
                .isEqualTo(ESTIMATE);
    }

    @Test
    void whatIsKnownToBeUsedIsWhatItCosts() throws Exception {
        AgentOutcome outcome = outcome(attempt(SHORT, in(LONG), ESTIMATE, "5"));

        assertThat(outcome.usage()).isEqualTo(new Usage(5, 0));
        assertThat(outcome.costMicros()).isEqualTo(10);
    }

    @Test
    void anAnswerThatDoesNotSayWhatItTookCostsTheEstimate() throws Exception {
        try (HttpAgent agent = HttpAgent.start()) {
            String http = "{\"kind\":\"http\",\"url\":\"" + agent.url() + "\"}";

            AgentOutcome answered = outcome(attempt(http, LONG, in(LONG), ESTIMATE, "1"));
            agent.failNext(400);
            AgentOutcome refused = outcome(attempt(http, LONG, in(LONG), ESTIMATE, "1"));

            assertThat(answered.status()).isEqualTo(Status.OK);
            assertThat(answered.costMicros()).isEqualTo(ESTIMATE);
            assertThat(refused.costMicros()).isZero();
        }
    }

    @Test
    void anAgentIsNotBelievedToHaveUsedAnything() throws Exception {
        AgentOutcome outcome = outcome(attempt(SHORT, in(LONG), ESTIMATE, "999999999999"));

        assertThat(outcome.usage()).isEqualTo(new Usage(1_000_000, 0));
        assertThat(outcome.costMicros()).isEqualTo(2_000_000);
    }

    @Test
    void anAgentThatCouldNotBeAskedCostsNothing() throws Exception {
        String nobody = "{\"kind\":\"http\",\"url\":\"http://localhost:" + FreePort.find() + "/\"}";

        AgentOutcome outcome = outcome(attempt(nobody, LONG, in(LONG), ESTIMATE, "0"));

        assertThat(outcome.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        assertThat(outcome.costMicros()).isZero();
    }

    @Test
    void whoFindsNoRoomIsToldAtOnceAndATenantLeavesRoomForOthers() throws Exception {
        AgentAttempt first = attempt(SHORT, in(LONG), ESTIMATE, "0");
        List<CompletableFuture<AgentOutcome>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(started(first));
        }

        AgentOutcome refused = outcome(first);
        assertThat(refused.status()).isEqualTo(Status.RETRYABLE);
        assertThat(refused.error().code()).isEqualTo(AgentErrorCode.OVERLOADED);
        assertThat(refused.costMicros()).isZero();

        for (CompletableFuture<AgentOutcome> one : waiting) {
            assertThat(one.get(LIMIT_SECONDS, TimeUnit.SECONDS).status()).isEqualTo(Status.TIMED_OUT);
        }
        assertThat(outcome(first).status()).as("there is room again").isEqualTo(Status.TIMED_OUT);
    }

    @Test
    void whatFailsAfterTheAnswerFailsTheElement() throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug");
        CompletableFuture<Throwable> failed = new CompletableFuture<>();

        function.asyncInvoke(attempt(SHORT, in(LONG), 0, "0"), new ResultFuture<>() {
            @Override
            public void complete(Collection<OutboundRecord> records) {
                throw bug;
            }

            @Override
            public void completeExceptionally(Throwable failure) {
                failed.complete(failure);
            }

            @Override
            public void complete(CollectionSupplier<OutboundRecord> records) {
                throw new UnsupportedOperationException();
            }
        });

        assertThat(failed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isSameAs(bug);
    }
}
