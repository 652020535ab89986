package io.millrace.chaos.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskPlanTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void theSeedDecidesWhatIsPublished() {
        assertThat(records(7)).isEqualTo(records(7)).isNotEqualTo(records(8));
    }

    private static List<String> records(long seed) {
        return TaskPlan.of(seed, "e1-").stream()
                .map(step -> step.at() + " " + text(step.event().value(START, START.plusMillis(step.at()))))
                .toList();
    }

    private static String text(byte[] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}
