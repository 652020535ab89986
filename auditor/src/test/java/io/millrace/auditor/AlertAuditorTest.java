package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertAuditorTest {
    private static final Map<String, String> STATES = Map.of("o", "opened", "s", "still", "r", "resolved");

    /** Words: when it was opened, its number, its state by the first letter, when that was told, and which id it has. */
    private static AlertAuditor taken(String words) {
        AlertAuditor auditor = new AlertAuditor();
        for (String word : words.split(" ")) {
            String[] parts = word.split(":");
            auditor.take(alert(parts[0], Integer.parseInt(parts[1]), STATES.get(parts[2]), parts[3], parts[4]));
        }
        return auditor;
    }

    private static JsonNode alert(String openedAt, int number, String state, String at, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event_id", id)
                .put("occurred_at", second(at))
                .put("objective", "fresh")
                .put("group", "billing")
                .put("topic", "orders")
                .put("severity", "page")
                .put("state", state)
                .put("opened_at", second(openedAt))
                .put("number", number);
    }

    private static String second(String second) {
        return Instant.ofEpochSecond(Long.parseLong(second)).toString();
    }

    @Test
    void alertsThatAreOpenedAndResolvedAndComeAgainAreRight() {
        assertThat(taken("1:0:o:1:1 1:1:s:2:2 1:0:o:1:1 1:1:s:2:2 1:2:r:3:3 5:0:o:5:4")
                        .offences())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1:1:r:2:1 | there is no number 0",
                "1:0:s:1:1 | number 0 is still",
                "1:0:o:1:1 1:1:o:2:2 | number 1 is opened",
                "1:0:o:1:1 1:1:r:2:2 1:2:s:3:3 | it goes on after it was resolved",
                "1:0:o:1:1 1:0:o:1:2 | number 0 of fresh page billing orders has two ids",
                "1:0:o:1:1 1:0:o:2:1 | says",
                "1:0:o:1:1 5:0:o:5:2 | before the one before was resolved",
                "1:0:o:1:1 1:1:r:9:2 5:0:o:5:3 | before the one before was resolved",
            })
    void whatIsWrongIsFound(String words, String offence) {
        assertThat(taken(words).offences()).singleElement().asString().contains(offence);
    }
}
