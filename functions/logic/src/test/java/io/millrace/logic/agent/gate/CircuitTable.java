package io.millrace.logic.agent.gate;

/** The table of a circuit's states, for the test of the document that shows it. */
public final class CircuitTable {

    private CircuitTable() {}

    public static String markdown() {
        return CircuitState.markdown();
    }
}
