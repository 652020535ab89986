package io.millrace.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallPlanTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private final RecordingAgents agents = RecordingAgents.start();

    @AfterEach
    void stop() {
        agents.close();
    }

    @Test
    void theSeedDecidesWhatIsPublished() {
        assertThat(records(7)).isEqualTo(records(7)).isNotEqualTo(records(8));
    }

    private List<String> records(long seed) {
        return CallPlan.of(seed, "e1-", agents).publications().stream()
                .map(each -> each.at() + " " + each.topic() + " "
                        + text(each.event().value(START, START.plusMillis(each.at()))))
                .toList();
    }

    private static String text(byte[] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void everyAgentIsCalledThatIsNoFallback() {
        CallPlan plan = CallPlan.of(7, "e1-", agents);

        assertThat(plan.calls().values().stream().map(PlannedCall::kind).collect(Collectors.toSet()))
                .hasSize(AgentKind.values().length - 2)
                .doesNotContain(AgentKind.STERN, AgentKind.BACKUP);
        assertThat(plan.calls()).hasSizeGreaterThan(800);
    }

    @Test
    void noTwoCallsArePlannedUnderOneKey() {
        for (long seed = 0; seed < 50; seed++) {
            CallPlan plan = CallPlan.of(seed, "e1-", agents);

            assertThat(plan.calls())
                    .allSatisfy((key, call) -> assertThat(call.key()).isEqualTo(key));
        }
    }
}
