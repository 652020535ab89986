package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aTraceContextIsTaken() {
        assertThat(TraceContext.orNull(VALID)).isEqualTo(VALID);
        assertThat(TraceContext.orNull(VALID + "-later")).isEqualTo(VALID + "-later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\n"
            })
    void nothingElseIs(String header) {
        assertThat(TraceContext.orNull(header)).isNull();
    }

    @Test
    void notEvenAMillionCharactersThatLookLikeOne() {
        assertThat(TraceContext.orNull(VALID + "0".repeat(1_000_000))).isNull();
        assertThat(TraceContext.orNull(null)).isNull();
    }
}
