package io.millrace.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void aRepeatedRecordIsTheSameBytes() {
        Event event = Event.of("u-1", "task.completed", Seeds.id(Seeds.random(1)), Event.Dates.NONE);

        assertThat(event.value(START, START.plusSeconds(9))).isSameAs(event.value(START, START));
    }
}
