package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import org.junit.jupiter.api.Test;

class AttemptRoomTest {
    private static final AgentAttempt SMALL = AttemptFunctionTest.attempt(1, 1, 0, "0");

    private final AttemptRoom room = new AttemptRoom(100);

    @Test
    void oneTenantLeavesRoomForTheNext() {
        assertThat(taken(SMALL)).isEqualTo(80);
        assertThat(taken(of("other"))).isEqualTo(16);
        assertThat(taken(of("third"))).isEqualTo(3);

        room.give(SMALL);
        assertThat(room.take(of("third"))).isTrue();
    }

    @Test
    void allThatWasTakenIsGivenBack() {
        int taken = taken(SMALL);
        for (int i = 0; i < taken; i++) {
            room.give(SMALL);
        }

        assertThat(taken(SMALL)).isEqualTo(taken);
    }

    @Test
    void aLargeInputTakesMoreAndIsAloneWhenItIsLargerThanAll() {
        AgentAttempt large = AttemptFunctionTest.attempt(1, 1, 0, "x".repeat(39 * AttemptRoom.CHARS_OF_A_PLACE));
        assertThat(taken(large)).isEqualTo(2);
        room.give(large);
        room.give(large);

        AgentAttempt huge = AttemptFunctionTest.attempt(1, 1, 0, "x".repeat(200 * AttemptRoom.CHARS_OF_A_PLACE));
        assertThat(taken(huge)).isEqualTo(1);
        assertThat(room.take(of("other"))).isFalse();
        room.give(huge);
        assertThat(room.take(of("other"))).isTrue();
    }

    private int taken(AgentAttempt attempt) {
        int taken = 0;
        while (room.take(attempt)) {
            taken++;
        }
        return taken;
    }

    private static AgentAttempt of(String tenant) {
        return AttemptFunctionTest.attempt(tenant);
    }
}
