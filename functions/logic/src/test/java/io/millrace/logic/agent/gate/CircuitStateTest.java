package io.millrace.logic.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.gate.CircuitState.Event;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of a circuit, cell by cell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitStateTest {
    private final Set<String> visited = new HashSet<>();

    @ParameterizedTest
    @CsvSource({
        "CLOSED,    SUCCESS,           CLOSED",
        "CLOSED,    FAILURE,           CLOSED",
        "CLOSED,    TOO_MANY_FAILURES, OPEN",
        "CLOSED,    TIME_OVER,         CLOSED",
        "OPEN,      SUCCESS,           OPEN",
        "OPEN,      FAILURE,           OPEN",
        "OPEN,      TOO_MANY_FAILURES, OPEN",
        "OPEN,      TIME_OVER,         HALF_OPEN",
        "HALF_OPEN, SUCCESS,           CLOSED",
        "HALF_OPEN, FAILURE,           OPEN",
        "HALF_OPEN, TOO_MANY_FAILURES, OPEN",
        "HALF_OPEN, TIME_OVER,         HALF_OPEN",
    })
    void anEventInAState(CircuitState state, Event event, CircuitState after) {
        visited.add(state + " " + event);

        assertThat(state.after(event)).isEqualTo(after);
    }

    @AfterAll
    void everyCellWasVisited() {
        assertThat(visited).hasSize(CircuitState.values().length * Event.values().length);
    }
}
