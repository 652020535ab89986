package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.gate.TenantLines;
import io.millrace.schema.agent.AgentAttempt;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptRoomTest {
    private static final AgentAttempt SMALL = AttemptFunctionTest.attempt(1, 1, 0, "0");

    private AttemptRoom room = new AttemptRoom(100, TenantLines.NONE_BOUND);

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

    @Test
    void whoIsNotBoundSharesOneLineHoweverManyNames() {
        room = new AttemptRoom(100, TenantLines.of(List.of("acme", "zeta")));
        int madeUp = 0;
        for (int i = 0; i < 1_000; i++) {
            madeUp += taken(of("made-up-" + i));
        }

        assertThat(madeUp).isEqualTo(79);
        assertThat(taken(of("acme"))).isEqualTo(16);
        assertThat(taken(of("zeta"))).isEqualTo(4);
    }

    @Test
    void inThatLineOneTenantLeavesRoomForTheNext() {
        room = new AttemptRoom(100, TenantLines.of(List.of("acme")));

        assertThat(taken(of("first"))).isEqualTo(76);
        assertThat(taken(of("second"))).isEqualTo(3);
        assertThat(taken(of("first"))).isZero();
        for (int i = 0; i < 76; i++) {
            room.give(of("first"));
        }
        assertThat(taken(of("first"))).as("what was given back").isEqualTo(73);
        assertThat(taken(of("acme"))).isEqualTo(19);
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
