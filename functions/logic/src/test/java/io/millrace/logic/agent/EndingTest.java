package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of endings and what follows, cell by cell, against what is decided. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingTest {
    private final Set<String> visited = new HashSet<>();

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "ANSWERED,       others,  ANSWER",
        "ANSWERED,       nobody,  ANSWER",
        "ANSWERED,       used up, ANSWER",
        "INVALID_ANSWER, others,  RETRY",
        "INVALID_ANSWER, nobody,  RETRY",
        "INVALID_ANSWER, used up, NEXT_AGENT",
        "RETRYABLE,      others,  RETRY",
        "RETRYABLE,      nobody,  RETRY",
        "RETRYABLE,      used up, NEXT_AGENT",
        "CIRCUIT_OPEN,   others,  NEXT_AGENT",
        "CIRCUIT_OPEN,   nobody,  RETRY",
        "CIRCUIT_OPEN,   used up, NEXT_AGENT",
        "TIMED_OUT,      others,  RETRY",
        "TIMED_OUT,      nobody,  RETRY",
        "TIMED_OUT,      used up, NEXT_AGENT",
        "FAILED,         others,  NEXT_AGENT",
        "FAILED,         nobody,  NEXT_AGENT",
        "FAILED,         used up, NEXT_AGENT",
        "REFUSED,        others,  NEXT_AGENT",
        "REFUSED,        nobody,  NEXT_AGENT",
        "REFUSED,        used up, NEXT_AGENT",
        "OVERLOADED,     others,  NEXT_AGENT",
        "OVERLOADED,     nobody,  RETRY",
        "OVERLOADED,     used up, NEXT_AGENT",
        "CUT_SHORT,      others,  RETRY",
        "CUT_SHORT,      nobody,  RETRY",
        "CUT_SHORT,      used up, NEXT_AGENT",
        "STOPPED,        others,  RETRY",
        "STOPPED,        nobody,  RETRY",
        "STOPPED,        used up, NEXT_AGENT",
    })
    void whatFollows(Ending ending, String left, Step expected) {
        visited.add(ending + " " + left);
        assertThat(ending.step(!left.equals("used up"), left.equals("nobody"))).isEqualTo(expected);
        CallHistory history = new CallHistory()
                .agent("b")
                .agent(
                        "a",
                        "'output_schema':{'type':'integer'}",
                        left.equals("used up") ? "'retry':{'max_attempts':1}" : "'critical':true",
                        left.equals("nobody") ? "'capabilities':[]" : "'fallback':{'agents':['b']}")
                // What does not count can only use up the time.
                .call("k", "a", left.equals("used up") && !ending.counts() ? "'timeout_ms':100" : "'timeout_ms':60000");
        history.news();

        end(history, ending);

        boolean last = left.equals("nobody");
        List<String> news = history.news();
        switch (expected) {
            case ANSWER -> assertThat(news).containsExactly("result k OK by a");
            case RETRY -> {
                assertThat(news).isEmpty();
                assertThat(history.at(1_000).news()).containsExactly(ending.counts() ? "attempt a 2" : "attempt a 1");
            }
            case NEXT_AGENT -> {
                if (last) {
                    assertThat(news.get(0)).startsWith("result k " + ending.result());
                } else {
                    assertThat(news).containsExactly("attempt b 1");
                }
            }
        }
    }

    private static void end(CallHistory history, Ending ending) {
        switch (ending) {
            case ANSWERED -> history.outcome("OK", "1");
            case INVALID_ANSWER -> history.outcome("OK", "'text'");
            case RETRYABLE -> history.outcome("RETRYABLE", "unreachable");
            case CIRCUIT_OPEN -> history.outcome("RETRYABLE", "circuit_open");
            case TIMED_OUT -> history.outcome("TIMED_OUT", "attempt_timed_out");
            case FAILED -> history.outcome("FAILED", "agent_rejected");
            case REFUSED -> history.outcome("REFUSED", "budget_exhausted");
            case OVERLOADED -> history.outcome("RETRYABLE", "overloaded");
            case CUT_SHORT -> history.outcome("TIMED_OUT", "deadline_passed");
            case STOPPED -> history.outcome("RETRYABLE", "stopped");
        }
    }

    @AfterAll
    void everyCellWasVisited() {
        assertThat(visited).hasSize(3 * Ending.values().length);
    }
}
