package io.millrace.operators.agent;

import static io.millrace.operators.agent.CallHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallOperatorTest {
    private final AgentLog log = new AgentLog();
    private final SourceRecord echo = log.registered("echo", NOW, "'timeout_ms':1000");

    private AgentMessage call(String key) throws Exception {
        return AgentLog.routed(log.call("echo", key, NOW, "'timeout_ms':60000"), echo);
    }

    @Test
    void aCallBecomesAnAttemptAndItsOutcomeTheResult() throws Exception {
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.process(call("k-1"));
            AgentAttempt attempt = calls.attempts().get(0);
            assertThat(attempt.agent()).isEqualTo("echo");

            calls.process(AgentLog.answered(attempt, "{\"a\":1}", NOW + 5));

            JsonNode result = calls.results().get(0);
            assertThat(result.path("status").asText()).isEqualTo("OK");
            assertThat(result.path("output")).hasToString("{\"a\":1}");
            assertThat(result.path("call_key").asText()).isEqualTo("k-1");
        }
    }

    @Test
    void anOutcomeThatIsReadBeforeItsCallIsTakenAllTheSame() throws Exception {
        AgentMessage call = call("k-1");
        AgentAttempt attempt;
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.process(call);
            attempt = calls.attempts().get(0);
        }
        // After a restore from before the call: its partition is read later than that of the outcome.
        OperatorSubtaskState state;
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.readUpTo(NOW - 1);
            calls.process(AgentLog.paid(attempt, 134, NOW + 5));
            assertThat(calls.results()).isEmpty();
            state = calls.snapshot();
        }
        try (CallHarness calls = CallHarness.restore(state, 1, 1, 0)) {
            calls.readUpTo(NOW - 1);
            calls.process(call);
            assertThat(calls.attempts()).extracting(AgentAttempt::attemptId).containsExactly(attempt.attemptId());
            calls.wallClock(NOW + 20);
            assertThat(calls.results()).as("the log was not read so far").isEmpty();

            calls.readUpTo(NOW + 5);
            calls.wallClock(NOW + 40);

            JsonNode result = calls.results().get(0);
            assertThat(result.path("status").asText()).isEqualTo("OK");
            assertThat(result.path("cost_micros").asLong()).isEqualTo(134);
            calls.process(AgentLog.paid(attempt, 162, NOW + 30));
            assertThat(calls.results()).as("of another outcome").isEmpty();
        }
    }

    @Test
    void aRetryThatARecordFromTheFutureHadPutOffIsMadeAfterARestore() throws Exception {
        long future = NOW + Duration.ofDays(400).toMillis();
        OperatorSubtaskState state;
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.wallClock(future);
            calls.process(AgentLog.routed(log.call("echo", "k-1", future, "'timeout_ms':60000"), echo));
            calls.process(AgentLog.unreachable(calls.attempts().get(0), future));
            assertThat(calls.attempts()).isEmpty();
            state = calls.snapshot();
        }
        try (CallHarness calls = CallHarness.restore(state, 1, 1, 0)) {
            // All keys are looked at within the hour.
            for (int minute = 58; minute <= 62; minute++) {
                calls.wallClock(NOW + Duration.ofMinutes(minute).toMillis());
            }

            assertThat(calls.attempts()).hasSize(1);
        }
    }

    @Test
    void aRetryComesAfterItsWaitAndNotAheadOfTheLog() throws Exception {
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.process(call("k-1"));
            calls.process(AgentLog.unreachable(calls.attempts().get(0), NOW + 5));
            assertThat(calls.attempts()).isEmpty();

            calls.readUpTo(NOW + 100);
            calls.wallClock(NOW + 2_000);
            assertThat(calls.attempts()).as("the log was not read so far").isEmpty();
            calls.readUpTo(NOW + 2_000);
            calls.wallClock(NOW + 2_020);

            assertThat(calls.attempts()).extracting(AgentAttempt::number).containsExactly(2);
        }
    }

    @Test
    void aDeadlineProducesAResultAlsoAfterARestoreWithMoreParallelism() throws Exception {
        OperatorSubtaskState state;
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            for (int i = 0; i < 20; i++) {
                calls.process(call("k-" + i));
            }
            state = calls.snapshot();
        }
        int[] results = new int[2];
        for (int subtask = 0; subtask < 2; subtask++) {
            try (CallHarness calls = CallHarness.restore(state, 1, 2, subtask)) {
                calls.wallClock(NOW + 59_999);
                assertThat(calls.results()).isEmpty();

                calls.wallClock(NOW + 60_020);

                List<JsonNode> late = calls.results();
                assertThat(late)
                        .allMatch(result -> result.path("status").asText().equals("TIMED_OUT"));
                results[subtask] = late.size();
            }
        }
        assertThat(results[0]).isPositive();
        assertThat(results[0] + results[1]).isEqualTo(20);
    }

    @Test
    void aRestoredOperatorKnowsTheRegistryAndAnswersUnderTheSameId() throws Exception {
        OperatorSubtaskState state;
        AgentAttempt attempt;
        JsonNode before;
        try (CallHarness calls = CallHarness.caughtUp().with(echo)) {
            calls.process(call("k-1"));
            attempt = calls.attempts().get(0);
            state = calls.snapshot();
            calls.process(AgentLog.answered(attempt, "1", NOW + 5));
            before = calls.results().get(0);
        }
        try (CallHarness calls = CallHarness.restore(state, 1, 1, 0)) {
            calls.process(AgentLog.answered(attempt, "1", NOW + 5));
            assertThat(calls.results()).containsExactly(before);

            calls.process(AgentLog.answered(attempt, "2", NOW + 9));
            calls.process(call("k-1"));
            assertThat(calls.results())
                    .as("the second outcome, and the call again")
                    .isEmpty();
            calls.process(call("k-2"));
            assertThat(calls.attempts()).hasSize(1);
        }
    }

    @Test
    void aCallWaitsForTheRegistrationOfItsAgent() throws Exception {
        try (CallHarness calls = CallHarness.caughtUp()) {
            calls.process(AgentLog.routed(log.call("echo", "k-1", NOW, "'timeout_ms':60000")));
            calls.process(AgentLog.routed(log.call("nobody", "k-2", NOW)));
            assertThat(calls.attempts()).isEmpty();

            calls.with(echo).wallClock(NOW + 600);
            assertThat(calls.attempts()).hasSize(1);
            calls.wallClock(NOW + 5_100);

            assertThat(calls.results()).singleElement().satisfies(result -> {
                assertThat(result.path("call_key").asText()).isEqualTo("k-2");
                assertThat(result.path("error").path("code").asText()).isEqualTo("unknown_agent");
            });
        }
    }

    @Test
    void aCallThatCameBeforeTheRegistrationOfItsAgentIsOneOfTheVersionToo() throws Exception {
        SourceRecord two = log.flag(
                "a-version", "{'state':'ENABLED','variants':{'one':'a-1','two':'a-2'},'defaultVariant':'two'}");
        try (CallHarness calls = CallHarness.caughtUp()) {
            calls.process(AgentLog.routed(log.call("a", "k-1", NOW, "'timeout_ms':60000")));
            calls.with(log.registered("a-1", NOW), log.registered("a-2", NOW), two);
            calls.with(log.registered("a", NOW, "'transport':{'kind':'flag','flag':'a-version'}"))
                    .wallClock(NOW + 600);

            AgentAttempt attempt = calls.attempts().get(0);
            assertThat(attempt.agent()).isEqualTo("a-2");
            OperatorSubtaskState state = calls.snapshot();
            try (CallHarness restored = CallHarness.restore(state, 1, 1, 0)) {
                restored.process(AgentLog.answered(attempt, "1", NOW + 700));
                assertThat(restored.signals()).singleElement().satisfies(signal -> {
                    assertThat(signal.path("flag").asText()).isEqualTo("a-version");
                    assertThat(signal.path("variant").asText()).isEqualTo("two");
                    assertThat(signal.path("errors").asInt(1)).isZero();
                });
            }
        }
    }

    @Test
    void anApprovedCallIsNotMadeAgainByAnotherDefinitionAfterARestore(@TempDir Path directory) throws Exception {
        byte[] secret = "an approval key for tests, 32 bytes".getBytes(StandardCharsets.UTF_8);
        ApprovalKey key = new ApprovalKey(
                Files.write(directory.resolve("approval.key"), secret).toString());
        String[] fields = {"'risk':'APPROVAL_REQUIRED'", "'retry':{'initial_ms':1000}"};
        SourceRecord guarded = log.registered("guarded", NOW, fields);
        SourceRecord changed = log.registered("guarded", NOW, fields[0], fields[1], "'timeout_ms':1");
        AgentMessage refused = AgentLog.routed(log.call("guarded", "k-1", NOW), guarded);
        AgentMessage approved = AgentLog.routed(log.approved("guarded", "k-1", NOW, secret, guarded), guarded);
        OperatorSubtaskState state;
        try (CallHarness calls = CallHarness.approving(key, null).with(guarded)) {
            calls.process(refused);
            assertThat(calls.results()).hasSize(1);
            state = calls.snapshot();
        }
        try (CallHarness calls = CallHarness.approving(key, state)) {
            calls.process(approved);
            calls.process(AgentLog.unreachable(calls.attempts().get(0), NOW + 5));
            state = calls.snapshot();
        }
        try (CallHarness same = CallHarness.approving(key, state);
                CallHarness other = CallHarness.approving(key, state).with(changed)) {
            same.wallClock(NOW + 2_000);
            other.wallClock(NOW + 2_000);

            assertThat(same.attempts()).extracting(AgentAttempt::number).containsExactly(2);
            assertThat(other.attempts()).isEmpty();
            assertThat(other.results().get(0).path("error").path("code").asText())
                    .isEqualTo("unreachable");
        }
    }
}
