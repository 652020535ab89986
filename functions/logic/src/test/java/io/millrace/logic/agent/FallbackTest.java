package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done when the agent asked for has no answer. */
class FallbackTest {
    private static final String ONCE = "'retry':{'max_attempts':1}";

    @Test
    void theFallbacksAreAskedInTurnEachFollowedByItsOwn() {
        CallHistory history = new CallHistory()
                .agent("c", ONCE)
                .agent("b", ONCE, "'fallback':{'agents':['c']}")
                .agent("d", ONCE)
                .agent("a", ONCE, "'fallback':{'agents':['b','c','d']}")
                .call("k", "a");

        history.outcome("FAILED", "agent_failed")
                .outcome("RETRYABLE", "unreachable")
                .outcome("TIMED_OUT", "attempt_timed_out")
                .outcome("OK", "7");

        assertThat(history.news())
                .containsExactly("attempt a 1", "attempt b 1", "attempt c 1", "attempt d 1", "result k OK by d");
        assertThat(history.result("k").agent()).isEqualTo("a");
        assertThat(history.result("k").attempts()).isEqualTo(4);
        String key = CallKeys.idempotencyKey("default", "k").toString();
        assertThat(history.lastAttempt().idempotencyKey()).isEqualTo(key + "@d");
        assertThat(history.lastAttempt().attemptId()).startsWith(key + "@d#1.");
    }

    @Test
    void aFallbackHasItsOwnAttempts() {
        CallHistory history = new CallHistory()
                .agent("b", "'retry':{'max_attempts':2,'initial_ms':1000}")
                .agent("a", ONCE, "'fallback':{'agents':['b']}")
                .call("k", "a");

        history.outcome("REFUSED", "budget_exhausted")
                .outcome("RETRYABLE", "unreachable")
                .at(1_000)
                .outcome("RETRYABLE", "rate_limited");

        assertThat(history.news())
                .containsExactly("attempt a 1", "attempt b 1", "attempt b 2", "result k FAILED rate_limited");
    }

    @Test
    void anOpenCircuitIsNotWaitedForWhenSomebodyElseCanBeAsked() {
        CallHistory history = new CallHistory()
                .agent("b")
                .agent("a", "'fallback':{'agents':['b']}")
                .call("k", "a");

        history.outcome(history.lastAttempt(), "RETRYABLE", "circuit_open", 5_000);
        assertThat(history.news()).containsExactly("attempt a 1", "attempt b 1");
        history.outcome(history.lastAttempt(), "RETRYABLE", "circuit_open", 5_000)
                .at(4_999);
        assertThat(history.news()).isEmpty();
        history.at(5_000);
        assertThat(history.news()).containsExactly("attempt b 2");
    }

    @Test
    void anOpenCircuitIsWaitedForWhenNobodyElseCanBeAsked() {
        CallHistory history =
                new CallHistory().agent("a", "'fallback':{'agents':['gone']}").call("k", "a");

        history.outcome(history.lastAttempt(), "RETRYABLE", "circuit_open", 5_000)
                .at(5_000);

        assertThat(history.news()).containsExactly("attempt a 1", "attempt a 2");
    }

    @Test
    void fallbacksThatCannotBeAskedArePassedOver() {
        CallHistory history = new CallHistory()
                .agent("careful", "'risk':'APPROVAL_REQUIRED'")
                .agent("strict", "'input_schema':{'type':'string'}")
                .agent("last")
                .agent("a", ONCE, "'fallback':{'agents':['gone','careful','strict','last']}")
                .call("k", "a", "'input':7")
                .outcome("FAILED", "agent_failed");

        assertThat(history.news()).containsExactly("attempt a 1", "attempt last 1");
    }

    @Test
    void theErrorInTheEndIsThatOfTheLastAttempt() {
        CallHistory history = new CallHistory()
                .agent("a", ONCE, "'fallback':{'agents':['gone']}")
                .call("k", "a")
                .outcome("REFUSED", "budget_exhausted");

        assertThat(history.news()).containsExactly("attempt a 1", "result k REFUSED budget_exhausted");
    }

    @Test
    void aDegradedAnswerSaysWhy() {
        CallHistory history = new CallHistory()
                .agent("a", ONCE, "'fallback':{'then':'degraded','degraded_output':{'n':0}}")
                .call("k", "a")
                .outcome("FAILED", "content_filtered");

        assertThat(history.news()).containsExactly("attempt a 1", "result k DEGRADED content_filtered");
        assertThat(history.result("k").output()).isEqualTo("{\"n\":0}");
    }

    @Test
    void aCallMayBeSkipped() {
        CallHistory history = new CallHistory()
                .agent("a", ONCE, "'fallback':{'then':'skip'}")
                .call("k", "a")
                .outcome("RETRYABLE", "unreachable");

        assertThat(history.news()).containsExactly("attempt a 1", "result k SKIPPED unreachable");
    }

    @Test
    void aDeadlineIsATimeoutWhateverTheFallback() {
        CallHistory history = new CallHistory()
                .agent("a", ONCE, "'fallback':{'then':'skip'}")
                .call("k", "a", "'timeout_ms':1000")
                .at(1_000);

        assertThat(history.result("k").status()).isEqualTo(AgentResult.Status.TIMED_OUT);
    }

    @Test
    void theAnswerOfAFallbackHasToSatisfyTheSchemaOfTheAgentAskedFor() {
        CallHistory history = new CallHistory()
                .agent("b", ONCE)
                .agent("a", ONCE, "'output_schema':{'type':'integer'}", "'fallback':{'agents':['b']}")
                .call("k", "a")
                .outcome("FAILED", "agent_failed")
                .outcome("OK", "'text'");

        assertThat(history.news()).containsExactly("attempt a 1", "attempt b 1", "result k FAILED output_invalid");
    }

    @Test
    void theAnswerOfAFallbackIsNotKept() {
        CallHistory history = new CallHistory()
                .agent("b")
                .agent("a", ONCE, "'cache':{'ttl_seconds':60}", "'fallback':{'agents':['b']}")
                .call("k", "a")
                .outcome("FAILED", "agent_failed")
                .outcome("OK", "1");
        history.news();

        history.call("l", "a");

        assertThat(history.news()).containsExactly("attempt a 1");
    }

    @Test
    void anAgentThatIsOverloadedIsNotWaitedForWhenSomebodyElseCanBeAsked() {
        CallHistory history = new CallHistory()
                .agent("b")
                .agent("a", "'fallback':{'agents':['b']}")
                .call("k", "a");

        history.outcome("RETRYABLE", "overloaded");

        assertThat(history.news()).containsExactly("attempt a 1", "attempt b 1");
    }

    /** One allowance for all: a chain of costly schemas takes no longer than one of them may. */
    @Test
    void whoCanBeAskedIsFoundWithinWhatOneCheckMayDo() {
        CallHistory history = new CallHistory();
        for (String refusing : List.of("b", "c", "d")) {
            history.agent(refusing, "'input_schema':{'items':{'type':'number','minimum':0,'maximum':9},'maxItems':1}");
        }
        history.agent("e", "'input_schema':{'items':{'type':'number','minimum':0,'maximum':9}}")
                .agent("f")
                .agent("a", ONCE, "'fallback':{'agents':['e']}")
                .agent("z", ONCE, "'fallback':{'agents':['b','c','d','e','f']}");
        String input = "'input':[" + "1,".repeat(120_000) + "1]";

        history.call("k", "a", input).outcome("FAILED", "agent_failed");
        assertThat(history.lastAttempt().agent()).isEqualTo("e");

        history.call("l", "z", input).outcome("FAILED", "agent_failed");
        assertThat(history.lastAttempt().agent()).isEqualTo("f");
    }
}
