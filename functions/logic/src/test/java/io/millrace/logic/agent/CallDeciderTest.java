package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Approval;
import io.millrace.schema.agent.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that share nothing: attempts, answers, deadlines. */
class CallDeciderTest {
    private static final String WORDS =
            "'output_schema':{'type':'object','properties':{'words':{'type':'integer'}},'required':['words']}";
    private static final long DAY_MS = 86_400_000;
    private static final String GUARDED = "'risk':'APPROVAL_REQUIRED'";
    private static final ApprovalProof PROOFS = ApprovalProof.with(CallHistory.APPROVAL_KEY);
    private static final String PLAIN_RETRY = "'retry':{'max_attempts':3,'initial_ms':1000,'max_ms':4000}";

    @Test
    void aCallFromTheFutureIsMadeNowAndItsClockGoesOnWithTheLog() {
        CallHistory history = new CallHistory().withoutTimers().agent("a").latest(5_000);

        history.at(Duration.ofDays(400).toMillis()).call("k-1", "a", "'timeout_ms':10000");
        assertThat(history.news()).containsExactly("attempt a 1");
        assertThat(history.lastAttempt().deadline()).isEqualTo(CallHistory.START + 15_000);

        history.latest(6_000).at(1_000).outcome("OK", "1");
        assertThat(history.news()).containsExactly("result k-1 OK by a");
    }

    @Test
    void aRetryThatARecordFromTheFutureHadPutOffIsMadeNow() {
        CallHistory history = new CallHistory().withoutTimers().agent("a");
        history.at(Duration.ofDays(400).toMillis()).call("k-1", "a").outcome("RETRYABLE", "unreachable");
        history.news();

        history.restoringAlways().latest(5_000).at(1_000).call("k-1", "a");

        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
        assertThat(history.news()).containsExactly("attempt a 2");
    }

    @Test
    void aCallIsAttemptedAndAnswered() {
        CallHistory history = new CallHistory().agent("a").call("k", "a", "'input':{'text':'hi'}");

        assertThat(history.news()).containsExactly("attempt a 1");
        AgentAttempt attempt = history.lastAttempt();
        assertThat(attempt.input()).isEqualTo("{\"text\":\"hi\"}");
        assertThat(attempt.idempotencyKey())
                .isEqualTo(CallKeys.idempotencyKey("default", "k").toString());
        assertThat(attempt.attemptId()).startsWith(attempt.idempotencyKey() + "#1.");

        history.at(250).outcome("OK", "{'n':1}");

        assertThat(history.news()).containsExactly("result k OK by a");
        AgentResult result = history.result("k");
        assertThat(result.output()).isEqualTo("{\"n\":1}");
        assertThat(result.usage()).isEqualTo(new Usage(10, 5));
        assertThat(result.costMicros()).isEqualTo(7);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.totalMs()).isEqualTo(250);
        assertThat(result.agentMs()).isEqualTo(100);
        assertThat(result.queuedMs()).isEqualTo(3);
        assertThat(result.correlationId()).isEqualTo("c-k");
        assertThat(history.effect()).isEqualTo(CallEffect.SETTLED);
    }

    @Test
    void anAttemptCarriesWhatTheGatesNeed() {
        CallHistory history = new CallHistory()
                .agent(
                        "a",
                        "'model':'small'",
                        "'estimate':{'input_tokens':100,'output_tokens':50}",
                        "'rate':{'concurrent':2}",
                        "'budget':{'day_micros':9}",
                        "'timeout_ms':4000")
                .call("k", "a", "'timeout_ms':60000");

        AgentAttempt attempt = history.lastAttempt();
        assertThat(attempt.estimatedMicros()).isEqualTo(200);
        assertThat(attempt.rate().concurrent()).isEqualTo(2);
        assertThat(attempt.budget().dayMicros()).isEqualTo(9);
        assertThat(attempt.timeoutMs()).isEqualTo(4000);
        assertThat(attempt.deadline()).isEqualTo(CallHistory.START + 60_000);
        assertThat(attempt.issuedAt()).isEqualTo(CallHistory.START);
        assertThat(attempt.transport().kind()).isEqualTo("http");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "RETRYABLE, unreachable,      FAILED",
        "TIMED_OUT, attempt_timed_out, TIMED_OUT",
    })
    void whatMaySucceedLaterIsTriedAgainUntilTheAttemptsAreUsedUp(String status, String code, AgentResult.Status end) {
        CallHistory history = new CallHistory().agent("a", PLAIN_RETRY).call("k", "a");

        history.outcome(status, code).at(1_000);
        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 2");
        history.outcome(status, code).at(3_000);
        assertThat(history.news()).containsExactly("attempt a 3");
        history.outcome(status, code);

        assertThat(history.news()).containsExactly("result k " + end + " " + code);
        assertThat(history.result("k").attempts()).isEqualTo(3);
        assertThat(history.result("k").costMicros()).isEqualTo(21);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED,  agent_rejected,   FAILED",
        "REFUSED, budget_exhausted, REFUSED",
        "FAILED,  unauthorized,     FAILED",
    })
    void whatWouldFailAgainIsNotTriedAgain(String status, String code, AgentResult.Status end) {
        CallHistory history =
                new CallHistory().agent("a", PLAIN_RETRY).call("k", "a").outcome(status, code);

        assertThat(history.news()).containsExactly("attempt a 1", "result k " + end + " " + code);
    }

    @Test
    void anAgentIsLeftAloneForAsLongAsItAsks() {
        CallHistory history = new CallHistory().agent("a", PLAIN_RETRY).call("k", "a", "'timeout_ms':60000");

        history.outcome(history.lastAttempt(), "RETRYABLE", "rate_limited", 20_000)
                .at(19_999);
        assertThat(history.attempts()).hasSize(1);
        history.at(20_000);
        assertThat(history.attempts()).hasSize(2);
    }

    @Test
    void aWaitThatWouldOutlastTheDeadlineIsNotBegun() {
        CallHistory history = new CallHistory().agent("a", PLAIN_RETRY).call("k", "a", "'timeout_ms':10000");

        history.outcome(history.lastAttempt(), "RETRYABLE", "rate_limited", 10_000);

        assertThat(history.news()).containsExactly("attempt a 1", "result k FAILED rate_limited");
    }

    @Test
    void anAnswerThatIsNotWhatTheSchemaAsksForIsAskedForAgainWithTheReason() {
        CallHistory history =
                new CallHistory().agent("a", WORDS, PLAIN_RETRY).call("k", "a").outcome("OK", "{'words':'three'}");

        history.at(1_000);
        assertThat(history.lastAttempt().number()).isEqualTo(2);
        assertThat(history.lastAttempt().previousError())
                .contains("/words")
                .contains("integer")
                .doesNotContain("three");
        history.outcome("OK", "{'words':3}");

        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 2", "result k OK by a");
        assertThat(history.result("k").usage()).isEqualTo(new Usage(20, 10));
    }

    @Test
    void anAnswerThatIsNoJsonIsAskedForAgainWithTheReason() {
        CallHistory history =
                new CallHistory().agent("a", PLAIN_RETRY).call("k", "a").outcome("RETRYABLE", "output_invalid");

        history.at(1_000);

        assertThat(history.lastAttempt().number()).isEqualTo(2);
        assertThat(history.lastAttempt().previousError()).isEqualTo("as told");
    }

    @Test
    void anAnswerThatIsNeverWhatTheSchemaAsksForFailsByName() {
        CallHistory history = new CallHistory().agent("a", WORDS, PLAIN_RETRY).call("k", "a");

        history.outcome("OK", "{}").at(1_000).outcome("OK", "7").at(5_000).outcome("OK", "{}");

        assertThat(history.news())
                .containsExactly("attempt a 1", "attempt a 2", "attempt a 3", "result k FAILED output_invalid");
        assertThat(history.result("k").output()).isNull();
    }

    @Test
    void theReasonIsNotToldAgainAfterAnotherKindOfFailure() {
        CallHistory history = new CallHistory().agent("a", WORDS, PLAIN_RETRY).call("k", "a");

        history.outcome("OK", "{}")
                .at(1_000)
                .outcome("RETRYABLE", "unreachable")
                .at(5_000);

        assertThat(history.lastAttempt().number()).isEqualTo(3);
        assertThat(history.lastAttempt().previousError()).isNull();
    }

    @Test
    void anAnswerThatIsTooLargeFails() {
        CallHistory history = new CallHistory()
                .agent("a", "'retry':{'max_attempts':1}")
                .call("k", "a")
                .outcome("OK", "\"" + "x".repeat(256 * 1024) + "\"");

        assertThat(history.result("k").error().code().wireName()).isEqualTo("output_too_large");
    }

    @Test
    void anInputThatIsNotWhatTheSchemaAsksForIsRefused() {
        CallHistory history =
                new CallHistory().agent("a", "'input_schema':{'type':'string'}").call("k", "a", "'input':7");

        assertThat(history.news()).containsExactly("result k REFUSED input_invalid");
        assertThat(history.effect()).isEqualTo(CallEffect.REFUSED);
    }

    @Test
    void aDeadlineAlwaysProducesAResult() {
        CallHistory history =
                new CallHistory().agent("a").call("k", "a", "'timeout_ms':5000").at(4_999);
        assertThat(history.news()).containsExactly("attempt a 1");

        history.at(5_000);

        assertThat(history.news()).containsExactly("result k TIMED_OUT deadline_passed");
        assertThat(history.result("k").attempts()).isEqualTo(1);
        history.outcome("OK", "1");
        assertThat(history.effect()).isEqualTo(CallEffect.STALE);
        assertThat(history.news()).isEmpty();
    }

    @Test
    void aDeadlineThatPassesBetweenTwoAttemptsNamesTheLastFailure() {
        CallHistory history = new CallHistory()
                .agent("a", "'retry':{'initial_ms':4000}")
                .call("k", "a", "'timeout_ms':5000")
                .outcome("RETRYABLE", "unreachable")
                .at(5_000);

        history.wake(CallHistory.START + 5_000);
        assertThat(history.result("k").error().message()).contains("unreachable");
    }

    @ParameterizedTest
    @CsvSource({"2026-12-01T08:59:59Z", "2026-12-01T09:00:00Z"})
    void aDeadlineInThePastIsAnsweredAtOnce(String deadline) {
        CallHistory history = new CallHistory().agent("a").call("k", "a", "'deadline':'" + deadline + "'");

        assertThat(history.news()).containsExactly("result k TIMED_OUT deadline_passed");
    }

    @Test
    void aDeadlineThatIsTooFarAwayCountsAsSevenDays() {
        CallHistory history = new CallHistory().agent("a").call("k", "a", "'deadline':'2200-01-01T00:00:00Z'");

        assertThat(history.lastAttempt().deadline()).isEqualTo(CallHistory.START + 7L * 86_400_000);
    }

    @Test
    void withoutADeadlineACallHasTheTimeThatItsAttemptsCanTake() {
        CallHistory history = new CallHistory()
                .agent("b", "'timeout_ms':500", "'retry':{'max_attempts':1}")
                .agent("a", "'timeout_ms':1000", PLAIN_RETRY, "'fallback':{'agents':['b','gone']}")
                .call("k", "a");

        assertThat(history.lastAttempt().deadline()).isEqualTo(CallHistory.START + 3 * 1000 + 1000 + 2000 + 500);
    }

    @Test
    void aCallThatComesAgainIsDroppedInFlightAndForADayAfterItsEnd() {
        CallHistory history = new CallHistory().agent("a").call("k", "a").call("k", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
        history.outcome("OK", "1").call("k", "a", "'input':'another'");
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
        history.at(86_400_000).call("k", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
        assertThat(history.news()).containsExactly("attempt a 1", "result k OK by a");

        history.at(86_400_001);

        assertThat(history.states()).isEmpty();
    }

    @Test
    void anOutcomeOfAnotherAttemptChangesNothing() {
        CallHistory history = new CallHistory().agent("a", PLAIN_RETRY).call("k", "a");
        AgentAttempt first = history.lastAttempt();
        history.outcome("RETRYABLE", "unreachable");

        history.outcome(first, "OK", "1", 0);
        assertThat(history.effect()).as("while it waits").isEqualTo(CallEffect.STALE);
        history.at(1_000).outcome(first, "OK", "1", 0);
        assertThat(history.effect()).as("while the next is under way").isEqualTo(CallEffect.STALE);

        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 2");
    }

    @Test
    void anOutcomeOfACallThatIsNotKnownIsOnlyCounted() {
        CallHistory other = new CallHistory().agent("a").call("k", "a");
        CallHistory history = new CallHistory().agent("a");

        history.outcome(other.lastAttempt(), "OK", "1", 0);

        assertThat(history.effect()).isEqualTo(CallEffect.STALE);
        assertThat(history.states()).isEmpty();
    }

    @Test
    void aCallWaitsForItsAgentToBeRegistered() {
        CallHistory history = new CallHistory().call("k", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.WAITING);
        history.call("k", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);

        history.at(1_800).agent("a").at(2_000);

        assertThat(history.news()).containsExactly("attempt a 1");
        assertThat(history.at(2_100).outcome("OK", "1").result("k").totalMs()).isEqualTo(2_100);
    }

    @Test
    void aCallWhoseAgentDoesNotComeIsRefused() {
        CallHistory history = new CallHistory().call("k", "a").at(4_999);
        assertThat(history.news()).isEmpty();

        history.at(5_000);

        assertThat(history.news()).containsExactly("result k REFUSED unknown_agent");
    }

    @Test
    void aCallWhoseDeadlineComesBeforeItsAgentTimesOut() {
        CallHistory history =
                new CallHistory().call("k", "a", "'timeout_ms':700").at(700);

        assertThat(history.news()).containsExactly("result k TIMED_OUT deadline_passed");
        assertThat(history.at(900)
                        .call("l", "a", "'deadline':'2026-12-01T09:00:00Z'")
                        .news())
                .containsExactly("result l TIMED_OUT deadline_passed");
    }

    @Test
    void withoutAWaitAnUnknownAgentIsRefusedAtOnce() {
        CallHistory history = new CallHistory(new CallSettings(Duration.ZERO, Duration.ofHours(1))).call("k", "a");

        assertThat(history.news()).containsExactly("result k REFUSED unknown_agent");
    }

    @Test
    void anAgentThatNeedsApprovalIsNotCalledWithoutAProof() {
        CallHistory history =
                new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'").call("k", "a");

        assertThat(history.news()).containsExactly("result k REFUSED approval_required");
    }

    @ParameterizedTest(name = "agent {0}, timeout {1}, key {2}, input {3}, request {4}, by {5}, for {6} ms: {7}")
    @CsvSource({
        "a, 100, k, 1,   r, ada, 1000, true",
        "b, 100, k, 1,   r, ada, 1000, false",
        "a, 200, k, 1,   r, ada, 1000, false",
        "a, 100, l, 1,   r, ada, 1000, false",
        "a, 100, k, 2,   r, ada, 1000, false",
        "a, 100, k, 1,   s, ada, 1000, false",
        "a, 100, k, 1,   r, bob, 1000, false",
        "a, 100, k, 1,   r, ada, 1001, false",
        "a, 100, k, 1.0, r, ada, 1000, true",
    })
    void aProofHoldsForItsCallAndDefinitionAlone(
            String agent,
            int timeout,
            String key,
            String input,
            String request,
            String by,
            long lifetime,
            boolean accepted) {
        CallHistory history = new CallHistory().agent("a", GUARDED, "'timeout_ms':" + timeout);
        String definition = history.registry().definition("a").digest();
        history.agent("a", GUARDED, "'timeout_ms':100");
        AgentCall call = history.parsed("k", "a", "'input':1");
        AgentCall approved = history.parsed(key, agent, "'input':" + input);
        String mac = PROOFS.mac(
                CallKeys.idempotencyKey("default", key),
                agent,
                definition,
                approved.inputDigest(),
                request,
                by,
                CallHistory.START + lifetime);

        history.call(withApproval(call, new Approval("r", "ada", CallHistory.START + 1_000, mac)));

        assertThat(history.news()).containsExactly(accepted ? "attempt a 1" : "result k REFUSED approval_required");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "'timeout_ms':1                   |",
                "'version':2                      |",
                "'input_schema':{'type':'object'} |",
                "'fallback':{'agents':['b']}      |",
                "'capabilities':['more']          |",
                "'timeout_ms':30000               | same",
                "'input_schema':{}                |",
            })
    void anApprovalIsForTheDefinitionAsItWas(String change, String same) {
        CallHistory history = new CallHistory().agent("a", GUARDED);
        AgentCall call = approved(history, history.parsed("k", "a"), 1_000);

        history.agent("a", GUARDED, change).call(call);

        if (same == null) {
            assertThat(history.news()).containsExactly("result k REFUSED approval_required");
            assertThat(history.result("k").error().message())
                    .endsWith("the agent's definition as it is now, "
                            + history.registry().definition("a").digest() + "; have the call approved anew");
        } else {
            assertThat(history.news()).containsExactly("attempt a 1");
        }
    }

    @Test
    void anApprovalOfEarlierVersionsIsRefusedByName() throws Exception {
        CallHistory history = new CallHistory().agent("a", GUARDED);
        AgentCall call = history.parsed("k", "a");
        long expiresAt = CallHistory.START + 1_000;
        String text = String.join(
                "\n",
                CallKeys.idempotencyKey("default", "k").toString(),
                "a",
                call.inputDigest(),
                "r",
                "ada",
                Long.toString(expiresAt));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(CallHistory.APPROVAL_KEY, "HmacSHA256"));
        String old = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));

        history.call(withApproval(call, new Approval("r", "ada", expiresAt, old)));

        assertThat(history.news()).containsExactly("result k REFUSED approval_required");
        assertThat(history.result("k").error().message())
                .isEqualTo(
                        "the approval does not say which definition of the agent it is for, as earlier versions made it;"
                                + " have the call approved anew");
    }

    @Test
    void aCallThatWasRefusedForWantOfAnApprovalMayComeAgainUnderItsKey() {
        CallHistory history = new CallHistory().agent("a", GUARDED);
        AgentCall call = history.parsed("k", "a");
        AgentResult refusal = history.call(call).result("k");
        assertThat(history.states()).isEmpty();

        history.at(10).call(call);
        assertThat(history.result("k").eventId()).isEqualTo(refusal.eventId());
        history.at(20).call("k", "a");
        assertThat(history.result("k").eventId()).isNotEqualTo(refusal.eventId());
        history.at(30).call(approved(history, history.parsed("k", "a"), 1_000)).outcome("OK", "1");

        assertThat(history.news())
                .containsExactly(
                        "result k REFUSED approval_required",
                        "result k REFUSED approval_required",
                        "result k REFUSED approval_required",
                        "attempt a 1",
                        "result k OK by a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApprovedCallIsNotMadeAgainByAnotherDefinition(boolean restoring) {
        CallHistory history = new CallHistory().agent("a", GUARDED, PLAIN_RETRY);
        if (restoring) {
            history.restoringAlways();
        }
        history.call(approved(history, history.parsed("k", "a"), 1_000))
                .outcome("RETRYABLE", "unreachable")
                .at(1_000);
        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 2");

        history.agent("a", GUARDED, PLAIN_RETRY, "'timeout_ms':1")
                .outcome("RETRYABLE", "unreachable")
                .at(10_000);

        assertThat(history.news()).containsExactly("result k FAILED unreachable");
    }

    /** @param lifetime of the approval, milliseconds from the start of the history */
    private static AgentCall approved(CallHistory history, AgentCall call, long lifetime) {
        long expiresAt = CallHistory.START + lifetime;
        String mac = PROOFS.mac(
                CallKeys.idempotencyKey(call.tenant(), call.callKey()),
                call.agent(),
                history.registry().definition(call.agent()).digest(),
                call.inputDigest(),
                "r",
                "ada",
                expiresAt);
        return withApproval(call, new Approval("r", "ada", expiresAt, mac));
    }

    @ParameterizedTest(name = "a call after {0} ms, approved for {1} ms: {2}")
    @CsvSource({
        "0,    1,        ",
        "1000, 1001,     ",
        "0,    86400000, ",
        "1000, 86401000, ",
        "1000, 1000,     the approval expired at 2026-12-01T09:00:01Z",
        "1000, 1,        the approval expired at 2026-12-01T09:00:00.001Z",
        "0,    86400001, 'the approval expires more than the dedup-window, PT24H, after the call'",
        "1000, 86401001, 'the approval expires more than the dedup-window, PT24H, after the call'",
    })
    void anApprovalHoldsForAWhileAndNotForLongerThanItsUseIsRemembered(long at, long lifetime, String refused) {
        CallHistory history = new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'");

        history.at(at).call(approved(history, history.parsed("k", "a"), lifetime));

        if (refused == null) {
            assertThat(history.news()).containsExactly("attempt a 1");
        } else {
            assertThat(history.news()).containsExactly("result k REFUSED approval_required");
            assertThat(history.result("k").error().message()).isEqualTo(refused);
        }
    }

    @Test
    void anApprovedCallThatComesAgainIsNotMadeAgainHoweverLate() {
        CallHistory history = new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'");
        AgentCall call = approved(history, history.parsed("k", "a"), DAY_MS);
        history.call(call).outcome("OK", "1");
        assertThat(history.news()).containsExactly("attempt a 1", "result k OK by a");

        history.at(DAY_MS - 1).call(call);
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
        history.results().clear();
        history.at(DAY_MS + 1).call(call);

        assertThat(history.news()).containsExactly("result k REFUSED approval_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'cache':'use'", "'cache':'refresh'", "'dependencies':{'d':'1'}", "'cache':'off'"})
    void anApprovalIsUsedOnceWhateverElseIsInTheCall(String field) {
        CallHistory history = new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'", "'cache':{'ttl_seconds':600}");
        history.call(approved(history, history.parsed("k", "a", "'dependencies':{'d':'2'}"), 1_000));
        assertThat(history.news()).containsExactly("attempt a 1");

        history.call(approved(history, history.parsed("k", "a", field), 1_000));

        assertThat(history.news()).isEmpty();
        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
    }

    @Test
    void anAnswerIsNeitherGivenToNorTakenFromACallThatWasApproved() {
        CallHistory history = new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'", "'cache':{'ttl_seconds':600}");
        history.call(approved(history, history.parsed("k", "a"), 1_000)).outcome("OK", "1");

        history.call(approved(history, history.parsed("l", "a"), 1_000));

        assertThat(history.news()).containsExactly("attempt a 1", "result k OK by a", "attempt a 1");
    }

    @Test
    void aCallThatWasRoutedBeforeItsAgentNeededApprovalIsRefused() {
        CallHistory history = new CallHistory().agent("a", "'risk':'APPROVAL_REQUIRED'");
        AgentCall call = approved(history, history.parsed("k", "a"), 1_000);

        history.routed(new RoutedCall(call, "shared", "1", CallHistory.START, "agent-results"));

        assertThat(history.news()).containsExactly("result k REFUSED approval_required");
        assertThat(history.result("k").error().message()).contains("needed no approval yet");
    }

    private static AgentCall withApproval(AgentCall call, Approval approval) {
        return new AgentCall(
                call.eventId(),
                call.occurredAt(),
                call.tenant(),
                call.callKey(),
                call.agent(),
                call.input(),
                call.inputDigest(),
                call.deadline(),
                call.timeoutMs(),
                call.cache(),
                call.dependencies(),
                call.replyTo(),
                approval,
                call.correlationId(),
                call.traceparent(),
                call.replyKey());
    }

    @Test
    void aChangedDefinitionHoldsForTheNextAttempt() {
        CallHistory history = new CallHistory()
                .agent("a", PLAIN_RETRY)
                .call("k", "a")
                .agent("a", "'version':2", PLAIN_RETRY)
                .outcome("RETRYABLE", "unreachable")
                .at(1_000);

        assertThat(history.lastAttempt().version()).isEqualTo("2");
    }

    @Test
    void anAgentThatIsRemovedInFlightIsNotAskedAgain() {
        CallHistory history = new CallHistory().agent("a", PLAIN_RETRY).call("k", "a");

        history.outcome("RETRYABLE", "unreachable").removed("a").at(1_000);

        assertThat(history.news()).containsExactly("attempt a 1", "result k FAILED unreachable");
        history.agent("a", PLAIN_RETRY)
                .call("l", "a")
                .removed("a")
                .outcome(history.lastAttempt(), "RETRYABLE", "overloaded", 0);
        assertThat(history.news()).containsExactly("attempt a 1", "result l FAILED overloaded");
    }

    @Test
    void theAnswerOfAnAgentThatIsRemovedMeanwhileIsTaken() {
        CallHistory history =
                new CallHistory().agent("a", WORDS).call("k", "a").removed("a").outcome("OK", "1");

        assertThat(history.news()).containsExactly("attempt a 1", "result k OK by a");
    }

    @Test
    void tooManyCallsForAnUnknownAgentUnderOneKeyAreRefused() {
        CallHistory history = new CallHistory();
        for (int i = 0; i <= 100; i++) {
            AgentCall call = history.parsed("k-" + i, "a");
            history.routed(new RoutedCall(call, "owner", "1", CallHistory.START, "agent-results"));
        }

        assertThat(history.news()).containsExactly("result k-100 REFUSED overloaded");
        assertThat(history.states().get("owner").waiting()).isEqualTo(100);
    }

    @Test
    void aResultGoesWhereTheCallSays() {
        CallHistory history = new CallHistory().agent("a").call("k", "a", "'reply_to':'replies-7'");

        history.outcome("OK", "1");

        CallCommand.Answer answer =
                (CallCommand.Answer) history.commands().get(history.commands().size() - 1);
        assertThat(answer.replyTo()).isEqualTo("replies-7");
    }

    @Test
    void anAttemptForWhichThereWasNoRoomDoesNotCountAndIsWaitedForLongerEachTime() {
        CallHistory history = new CallHistory()
                .agent("a", "'retry':{'max_attempts':2,'initial_ms':1000,'max_ms':8000}")
                .call("k", "a", "'timeout_ms':60000");
        long start = history.now();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            history.outcome("RETRYABLE", "overloaded");
            long retryAt = history.states().values().iterator().next().flight().retryAt();
            waits.add(retryAt - history.now());
            history.at(retryAt - start);
        }

        assertThat(history.news()).hasSize(7).allMatch("attempt a 1"::equals);
        assertThat(waits.get(0)).isBetween(500L, 1_000L);
        assertThat(waits.get(5)).isBetween(4_000L, 8_000L);

        history.outcome("RETRYABLE", "unreachable").at(59_000).outcome("RETRYABLE", "unreachable");
        assertThat(history.news()).containsExactly("attempt a 2", "result k FAILED unreachable");
    }

    @Test
    void aCallThatFindsNoRoomFailsWhenThereIsNoTimeForAnotherAttempt() {
        CallHistory history = new CallHistory().agent("a").call("k", "a", "'timeout_ms':1000");

        history.outcome("RETRYABLE", "overloaded").at(900).outcome("RETRYABLE", "overloaded");

        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 1", "result k FAILED overloaded");
    }

    @Test
    void aKeyThatIsUsedAgainWhenItIsForgottenHasAttemptsOfItsOwn() {
        CallHistory history = new CallHistory().agent("a").call("daily", "a");
        history.outcome("FAILED", "agent_rejected").at(90_000_000);
        AgentAttempt first = history.lastAttempt();

        history.forgetResults().call("daily", "a");

        assertThat(history.lastAttempt().idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(history.lastAttempt().attemptId()).isNotEqualTo(first.attemptId());
    }

    @Test
    void anAgentThatNeedsApprovalByNowIsNotAskedAgainWithoutOne() {
        CallHistory history = new CallHistory()
                .agent("a", "'retry':{'initial_ms':1000}")
                .call("k", "a")
                .agent("a", "'risk':'APPROVAL_REQUIRED'");

        history.outcome("RETRYABLE", "unreachable").at(1_000);

        assertThat(history.news()).containsExactly("attempt a 1", "result k FAILED unreachable");
    }
}
