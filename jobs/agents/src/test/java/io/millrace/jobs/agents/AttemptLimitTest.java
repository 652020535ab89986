package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptLimitTest {
    private static final long NOW = 1_795_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "30000, 60000, 30000, ATTEMPT_TIMED_OUT",
        "30000, 30000, 30000, ATTEMPT_TIMED_OUT",
        "30000, 29990, 29990, ATTEMPT_TIMED_OUT",
        "30000, 27000, 27000, ATTEMPT_TIMED_OUT",
        "30000, 26999, 26999, DEADLINE_PASSED",
        "30000, 50,    50,    DEADLINE_PASSED",
        "30000, 0,     0,     DEADLINE_PASSED",
        "30000, -7,    -7,    DEADLINE_PASSED",
        "1,     1,     1,     ATTEMPT_TIMED_OUT",
        "1,     0,     0,     DEADLINE_PASSED",
    })
    void aDeadlineIsTheLimitWhenItLeavesTheAgentLessThanItMayTake(
            int timeout, long left, long millis, AgentErrorCode code) {
        AttemptLimit limit = AttemptLimit.of(AttemptFunctionTest.attempt(timeout, NOW + left, 0, "0"), NOW);

        assertThat(limit.millis()).isEqualTo(millis);
        assertThat(limit.isOver()).isEqualTo(millis <= 0);
        assertThat(limit.error().code()).isEqualTo(code);
    }
}
