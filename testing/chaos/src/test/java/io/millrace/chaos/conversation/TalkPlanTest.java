package io.millrace.chaos.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkPlanTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void theSeedDecidesWhatIsPublished() {
        assertThat(records(7)).isEqualTo(records(7)).isNotEqualTo(records(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message.received",
                "message.sent",
                "conversation.assigned",
                "conversation.released",
                "conversation.closed",
                "conversation.rated",
                "customer.identified",
                "customer.erased",
                "conversation.erased"
            })
    void eachKindOfEventIsAmongThem(String type) {
        assertThat(records(7)).anyMatch(record -> record.contains("\"event_type\":\"" + type + "\""));
    }

    private static List<String> records(long seed) {
        return TalkPlan.of(seed, "e1").stream()
                .map(step -> step.at() + " " + step.topic() + " "
                        + text(step.event().value(START, START.plusMillis(step.at()))))
                .toList();
    }

    private static String text(byte[] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}
