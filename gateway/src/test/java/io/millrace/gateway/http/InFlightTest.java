package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(2);

    @Test
    void soManyAtOnceAndOneMoreForEachThatEnds() {
        assertThat(inFlight.begin("a")).isTrue();
        assertThat(inFlight.begin("a")).isTrue();
        assertThat(inFlight.begin("a")).isFalse();
        assertThat(inFlight.begin("b")).isTrue();

        inFlight.end("a");
        assertThat(inFlight.begin("a")).isTrue();
        assertThat(inFlight.begin("a")).isFalse();
    }
}
