package io.millrace.chaos.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void theSeedDecidesWhatIsPublished() {
        assertThat(records(7)).isEqualTo(records(7)).isNotEqualTo(records(8));
    }

    @Test
    void whatCanHappenToARollOutHappens() {
        for (String what : List.of(
                "\"rollout.defined\"",
                "\"start\"",
                "\"pause\"",
                "\"resume\"",
                "\"roll_back\"",
                "\"freeze\"",
                "\"targeting\"",
                Topics.FLAGS + " null")) {
            assertThat(records(7)).anyMatch(record -> record.contains(what));
        }
        assertThat(RolloutTopics.INPUTS)
                .filteredOn(topic -> !topic.equals(Topics.ROLLOUT_INBOX) && !topic.equals(Topics.HEALTH_SIGNALS))
                .allSatisfy(topic -> assertThat(records(7)).anyMatch(record -> record.contains(" " + topic + " ")));
    }

    private static List<String> records(long seed) {
        return RolloutPlan.of(seed, "e1-").stream()
                .map(step -> step.at() + " " + step.topic() + " "
                        + text(step.event().value(START, START.plusMillis(step.at()))))
                .toList();
    }

    private static String text(byte[] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}
