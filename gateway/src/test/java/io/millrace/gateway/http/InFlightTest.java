package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void soManyAtOnceAndOneMoreForEachThatEnds() {
        assertThat(inFlight.begin("a", 2)).isTrue();
        assertThat(inFlight.begin("a", 2)).isTrue();
        assertThat(inFlight.begin("a", 2)).isFalse();
        assertThat(inFlight.begin("b", 2)).isTrue();

        inFlight.end("a");
        assertThat(inFlight.begin("a", 2)).isTrue();
        assertThat(inFlight.begin("a", 2)).isFalse();
    }
}
