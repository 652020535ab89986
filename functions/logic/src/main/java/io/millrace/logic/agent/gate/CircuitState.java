package io.millrace.logic.agent.gate;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The states of a circuit as a table: what happens × state → state. docs/agents.md shows the same table, written by a
 * test. Order is part of the encoding of state: append only.
 */
enum CircuitState {
    /** Attempts are let through. */
    CLOSED,
    /** None is. */
    OPEN,
    /** One is, to see whether the agent is well again. */
    HALF_OPEN;

    private static final CircuitState[] VALUES = values();

    /** What happens to a circuit. */
    enum Event {
        SUCCESS("an attempt succeeded"),
        FAILURE("an attempt failed"),
        TOO_MANY_FAILURES("and too many of the last did"),
        TIME_OVER("it was open long enough");

        private final String label;

        Event(String label) {
            this.label = label;
        }
    }

    /** The state after an event. In {@link #HALF_OPEN} only the attempt that was let through counts. */
    CircuitState after(Event event) {
        return switch (this) {
            case CLOSED -> event == Event.TOO_MANY_FAILURES ? OPEN : CLOSED;
            case OPEN -> event == Event.TIME_OVER ? HALF_OPEN : OPEN;
            case HALF_OPEN ->
                switch (event) {
                    case SUCCESS -> CLOSED;
                    case FAILURE, TOO_MANY_FAILURES -> OPEN;
                    case TIME_OVER -> HALF_OPEN;
                };
        };
    }

    static CircuitState ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }

    private String label() {
        return switch (this) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "half-open";
        };
    }

    /** The table in Markdown. */
    static String markdown() {
        StringBuilder text = new StringBuilder("| state |");
        Arrays.stream(Event.values())
                .forEach(event -> text.append(' ').append(event.label).append(" |"));
        text.append("\n|---|").append("---|".repeat(Event.values().length)).append('\n');
        for (CircuitState state : VALUES) {
            text.append(Arrays.stream(Event.values())
                    .map(event -> state.after(event).label())
                    .collect(Collectors.joining(" | ", "| " + state.label() + " | ", " |\n")));
        }
        return text.toString();
    }
}
