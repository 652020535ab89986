package io.millrace.logic.flag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What flagd's own evaluator said of thousands of flags and contexts (testing/flags) is what is said here. */
class FlagVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void flagdSaysTheSame() throws IOException, RejectedEventException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        JsonNode file = vectors();
        Instant now = Instant.ofEpochMilli(file.get("now").longValue());
        for (JsonNode vector : file.get("vectors")) {
            CompiledFlag flag = CompiledFlag.compile(
                    vector.get("key").textValue(), vector.get("flag").toString());
            for (JsonNode one : vector.get("cases")) {
                asked++;
                FlagResult result = flag.evaluate(FlagContext.of((ObjectNode) one.get(0)), now);
                if (!isSame(result, one, vector.get("flag"))) {
                    differences.add(vector.path("name").asText() + " "
                            + vector.get("flag").path("targeting") + " " + one + " -> " + result);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isGreaterThan(5_000);
    }

    private static boolean isSame(FlagResult result, JsonNode expected, JsonNode flag) {
        String variant = expected.path(2).textValue();
        String error = expected.path(3).textValue();
        boolean isSameError = error == null
                ? result.error() == null
                : result.error() != null
                        && (error.equals("ANY") || error.equals(result.error().name()));
        return isSameError
                && result.reason().name().equals(expected.get(1).textValue())
                && (variant == null ? result.variant() == null : variant.equals(result.variant()))
                && (variant == null
                        ? result.value() == null
                        : result.value()
                                .toString()
                                .equals(flag.get("variants").get(variant).toString()));
    }

    private static JsonNode vectors() throws IOException {
        try (InputStream file = FlagVectorsTest.class.getResourceAsStream("/flags/vectors.json")) {
            return JSON.readTree(file);
        }
    }
}
