package io.millrace.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTimesTest {

    @Test
    void aFieldsMomentIsFound() {
        byte[] json =
                "{\"title\":\"remind_at\",\"remind_at\":\"1970-01-01T00:00:01.234Z\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonTimes.millis(json, "remind_at")).isEqualTo(1234);
        assertThatThrownBy(() -> JsonTimes.millis(json, "due_at"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("due_at");
    }
}
