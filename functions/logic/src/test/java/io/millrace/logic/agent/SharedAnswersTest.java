package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that share an answer: kept ones, and those of identical calls in flight. */
class SharedAnswersTest {
    private static final String KEPT = "'cache':{'ttl_seconds':60}";

    private static CallHistory answered() {
        CallHistory history = new CallHistory().agent("a", KEPT).call("k-1", "a", "'input':{'x':1,'y':[2]}");
        history.at(100).outcome("OK", "{'n':1}");
        history.news();
        return history;
    }

    @Test
    void aKeptAnswerIsGivenAtNoCost() {
        CallHistory history = answered().at(200).call("k-2", "a", "'input':{ 'y':[2.0], 'x':1 }");

        assertThat(history.effect()).isEqualTo(CallEffect.CACHE_HIT);
        assertThat(history.news()).containsExactly("result k-2 OK by a cached");
        AgentResult hit = history.result("k-2");
        assertThat(hit.output()).isEqualTo("{\"n\":1}");
        assertThat(hit.usage()).isEqualTo(Usage.NONE);
        assertThat(hit.costMicros()).isZero();
        assertThat(hit.attempts()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "another input      | 'input':{'x':2,'y':[2]}",
                "another dependency | 'input':{'x':1,'y':[2]},'dependencies':{'git':'1'}",
                "another tenant     | 'input':{'x':1,'y':[2]},'tenant':'acme'",
                "no sharing         | 'input':{'x':1,'y':[2]},'cache':'off'",
                "a fresh answer     | 'input':{'x':1,'y':[2]},'cache':'refresh'",
            })
    void aKeptAnswerIsNotGivenTo(String what, String fields) {
        CallHistory history = answered().call("k-2", "a", fields);

        assertThat(history.news()).as(what).containsExactly("attempt a 1");
    }

    @Test
    void anotherVersionOfTheAgentAnswersAnew() {
        CallHistory history = answered().agent("a", KEPT, "'version':2").call("k-2", "a", "'input':{'x':1,'y':[2]}");

        assertThat(history.news()).containsExactly("attempt a 1");
    }

    @Test
    void anAnswerExpires() {
        CallHistory history = answered().at(60_099).call("k-2", "a", "'input':{'x':1,'y':[2]}");
        assertThat(history.effect()).isEqualTo(CallEffect.CACHE_HIT);

        history.at(60_100).call("k-3", "a", "'input':{'x':1,'y':[2]}");

        assertThat(history.effect()).isEqualTo(CallEffect.STARTED);
    }

    @Test
    void aShorterTimeToLiveHoldsForWhatIsKept() {
        CallHistory history = answered().agent("a", "'cache':{'ttl_seconds':1}").at(1_100);

        history.call("k-2", "a", "'input':{'x':1,'y':[2]}");

        assertThat(history.effect()).isEqualTo(CallEffect.STARTED);
    }

    @Test
    void aFreshAnswerTakesThePlaceOfTheKeptOne() {
        CallHistory history = answered().call("k-2", "a", "'input':{'x':1,'y':[2]}", "'cache':'refresh'");
        history.outcome("OK", "{'n':2}").call("k-3", "a", "'input':{'x':1,'y':[2]}");

        assertThat(history.result("k-3").output()).isEqualTo("{\"n\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "     |          | true",
                "1    |          | true",
                "2    |          | false",
                "     | git:main | true",
                "     | file:x   | false",
                "1    | git:main | true",
            })
    void anInvalidationMakesAnswersWorthless(String version, String dependency, boolean concerned) {
        String fields = "'dependencies':{'git:main':'9f'}";
        CallHistory history = new CallHistory().agent("a", KEPT).call("k-1", "a", fields);
        history.at(100)
                .outcome("OK", "1")
                .at(200)
                .invalidated("a", version == null ? "" : version, dependency == null ? "" : dependency)
                .at(300)
                .call("k-2", "a", fields);

        assertThat(history.effect()).isEqualTo(concerned ? CallEffect.STARTED : CallEffect.CACHE_HIT);
    }

    @Test
    void anAnswerThatWasAskedForBeforeAnInvalidationIsWorthlessThoughItCameAfterIt() {
        CallHistory history = new CallHistory().agent("a", KEPT).call("k-1", "a");

        history.at(100)
                .invalidated("a", "", "")
                .at(200)
                .outcome("OK", "1")
                .at(300)
                .call("k-2", "a");

        assertThat(history.effect()).isEqualTo(CallEffect.STARTED);
        history.outcome("OK", "2").at(400).call("k-3", "a");
        assertThat(history.result("k-3").output()).isEqualTo("2");
    }

    @Test
    void identicalCallsInFlightShareOneAttemptAndOnlyTheFirstPays() {
        CallHistory history =
                new CallHistory().agent("a", KEPT).call("k-1", "a").call("k-2", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.JOINED);
        history.call("k-3", "a", "'cache':'refresh'").at(500).outcome("OK", "1");

        assertThat(history.news())
                .containsExactly(
                        "attempt a 1", "result k-1 OK by a", "result k-2 OK by a cached", "result k-3 OK by a cached");
        assertThat(history.result("k-1").costMicros()).isEqualTo(7);
        assertThat(history.result("k-2").costMicros()).isZero();
    }

    @Test
    void failuresAreSharedToo() {
        CallHistory history =
                new CallHistory().agent("a", KEPT).call("k-1", "a").call("k-2", "a");

        history.outcome("FAILED", "agent_rejected");

        assertThat(history.news())
                .containsExactly("attempt a 1", "result k-1 FAILED agent_rejected", "result k-2 FAILED agent_rejected");
        history.call("k-3", "a");
        assertThat(history.news()).as("a failure is not kept").containsExactly("attempt a 1");
    }

    @Test
    void theWorkGoesOnForThoseWithALaterDeadline() {
        CallHistory history = new CallHistory()
                .agent("a", KEPT, "'retry':{'initial_ms':1000}")
                .call("k-1", "a", "'timeout_ms':2000")
                .call("k-2", "a", "'timeout_ms':9000")
                .at(1_500)
                .outcome("RETRYABLE", "unreachable")
                .at(2_500);
        assertThat(history.news())
                .containsExactly("attempt a 1", "result k-1 TIMED_OUT deadline_passed", "attempt a 2");
        assertThat(history.result("k-1").costMicros()).isEqualTo(7);
        AgentAttempt second = history.lastAttempt();
        assertThat(second.deadline()).isEqualTo(CallHistory.START + 9_000);

        history.at(3_000).outcome("OK", "1");

        assertThat(history.news()).containsExactly("result k-2 OK by a");
        assertThat(history.result("k-2").costMicros()).as("what came after").isEqualTo(7);
        assertThat(history.result("k-2").attempts()).isEqualTo(1);
    }

    @Test
    void whoeverPaysNextCountsTheAttemptThatIsUnderWay() {
        CallHistory history = new CallHistory()
                .agent("a", KEPT)
                .call("k-1", "a", "'timeout_ms':2000")
                .call("k-2", "a", "'timeout_ms':9000")
                .at(2_000)
                .outcome("OK", "1");

        assertThat(history.result("k-1").attempts()).isEqualTo(1);
        assertThat(history.result("k-2").attempts()).isEqualTo(1);
        assertThat(history.result("k-2").costMicros()).isEqualTo(7);
    }

    @Test
    void aWaiterWithAnEarlierDeadlineTimesOutAloneAndFree() {
        CallHistory history = new CallHistory()
                .agent("a", KEPT)
                .call("k-1", "a", "'timeout_ms':9000")
                .call("k-2", "a", "'timeout_ms':2000")
                .at(2_000);

        assertThat(history.news()).containsExactly("attempt a 1", "result k-2 TIMED_OUT deadline_passed");
        assertThat(history.result("k-2").attempts()).isZero();
    }

    @Test
    void aCallRoutedByAnotherVersionThanItsAnswerLeavesNothingBehind() {
        CallHistory history = new CallHistory().agent("a", KEPT);
        RoutedCall routed =
                new RoutedCall(history.parsed("k-1", "a"), "owner", "2", CallHistory.START, "agent-results");

        history.routed(routed).outcome("OK", "1");

        assertThat(history.states().get("owner").kept()).isNull();
    }

    @Test
    void aKeyIsRememberedWhileAnswersAreGiven() {
        CallHistory history = answered().call("k-2", "a", "'input':{'x':1,'y':[2]}");

        history.call("k-2", "a", "'input':{'x':1,'y':[2]}").call("k-1", "a", "'input':{'x':1,'y':[2]}");

        assertThat(history.effect()).isEqualTo(CallEffect.DUPLICATE);
    }

    @Test
    void onlyTheLastKeysOfManyAreRemembered() {
        CallHistory history = answered();
        for (int i = 0; i < 300; i++) {
            history.call("many-" + i, "a", "'input':{'x':1,'y':[2]}");
        }

        assertThat(history.states().values().iterator().next().finished().size())
                .isEqualTo(256);
    }

    @Test
    void tooManyWaitersAreRefused() {
        CallHistory history = new CallHistory().agent("a", KEPT);
        for (int i = 0; i <= 1_000; i++) {
            history.call("k-" + i, "a");
        }

        assertThat(history.result("k-1000").error().code().wireName()).isEqualTo("overloaded");
    }

    @Test
    void oneKeyWithTwoInputsHasAttemptsThatAreToldApart() {
        CallHistory history = new CallHistory().agent("a", KEPT).call("k", "a", "'input':1");
        AgentAttempt first = history.lastAttempt();

        history.call("k", "a", "'input':2");

        assertThat(history.effect()).isEqualTo(CallEffect.STARTED);
        assertThat(history.lastAttempt().idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(history.lastAttempt().attemptId()).isNotEqualTo(first.attemptId());
    }

    @Test
    void anAttemptThatWasCutShortByTheFirstDeadlineIsMadeAgainForTheOthers() {
        CallHistory history = new CallHistory()
                .agent("a", KEPT, "'retry':{'max_attempts':1,'initial_ms':100}")
                .call("k-1", "a", "'timeout_ms':1000")
                .call("k-2", "a", "'timeout_ms':9000");

        history.at(1_000).outcome("TIMED_OUT", "deadline_passed").at(1_100);

        assertThat(history.news())
                .containsExactly("attempt a 1", "result k-1 TIMED_OUT deadline_passed", "attempt a 1");
        assertThat(history.lastAttempt().deadline()).isEqualTo(CallHistory.START + 9_000);
        history.outcome("OK", "1");
        assertThat(history.news()).containsExactly("result k-2 OK by a");
    }

    @Test
    void aCallAfterAnInvalidationIsNotGivenWhatWasAskedForBefore() {
        CallHistory history = new CallHistory().agent("a", KEPT).call("k-1", "a");

        history.at(100).invalidated("a", "", "").at(200).call("k-2", "a");
        assertThat(history.effect()).isEqualTo(CallEffect.WAITING);
        history.at(300).outcome("OK", "1");
        assertThat(history.news()).containsExactly("attempt a 1", "result k-1 OK by a", "attempt a 1");

        history.outcome("OK", "2");
        assertThat(history.result("k-2").output()).isEqualTo("2");
    }

    @Test
    void aCallThatWaitsForAnOutdatedAnswerToComeHasItsDeadline() {
        CallHistory history = new CallHistory().agent("a", KEPT).call("k-1", "a", "'timeout_ms':9000");

        history.at(100)
                .invalidated("a", "", "")
                .at(200)
                .call("k-2", "a", "'timeout_ms':1000")
                .at(1_200);

        assertThat(history.news()).containsExactly("attempt a 1", "result k-2 TIMED_OUT deadline_passed");
    }

    /** There may be as many as one likes, for as long as one likes, and to check an input may be dear. */
    @Test
    void callsThatWaitForWhatIsOutdatedCostNothingMeanwhileAndAreCheckedOnce() {
        String input = "'input':[" + "1,".repeat(60_000) + "1]";
        CallHistory history = new CallHistory()
                .agent(
                        "a",
                        "'cache':{'ttl_seconds':60},'timeout_ms':86400000",
                        "'input_schema':{'items':{'type':'number','minimum':0,'maximum':9,'multipleOf':1}}")
                .call("k-1", "a", input, "'timeout_ms':86400000")
                .at(10)
                .invalidated("a", "", "")
                .at(20);
        for (int i = 0; i < 50; i++) {
            history.call("late-" + i, "a", input, "'timeout_ms':86400000");
        }
        long beforeDeadline = 80_000_000;

        history.at(beforeDeadline);
        history.outcome("OK", "1");
        assertThat(history.news()).containsExactly("attempt a 1", "result k-1 OK by a", "attempt a 1");
        history.outcome("OK", "2");
        assertThat(history.news()).hasSize(50).endsWith("result late-49 OK by a cached");
    }
}
