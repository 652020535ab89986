package io.millrace.chaos.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void theSeedDecidesWhatIsPublished() {
        assertThat(records(7)).isEqualTo(records(7)).isNotEqualTo(records(8));
    }

    @Test
    void eachWorkflowIsStartedAndCanBeRun() {
        assertThat(Shapes.programs()).hasSameSizeAs(Shapes.names());
        assertThat(Shapes.names()).allSatisfy(name -> assertThat(records(7))
                .anyMatch(
                        record -> record.contains("\"workflow\":\"" + name) && record.contains("\"workflow.start\"")));
    }

    private static List<String> records(long seed) {
        return RunPlan.of(seed, "e1").stream()
                .map(step -> step.at() + " " + step.topic() + " "
                        + text(step.event().value(START, START.plusMillis(step.at()))))
                .toList();
    }

    private static String text(byte[] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}
