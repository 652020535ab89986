package io.millrace.logic.agent;

/** What follows on the end of an attempt. */
enum Step {
    /** Everybody who waits is given the answer. */
    ANSWER("answer"),
    /** The same agent is asked again after a while. */
    RETRY("retry"),
    /** The next fallback is asked; after the last, the definition's {@code then} decides. */
    NEXT_AGENT("next agent");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** As docs/agents.md names it. */
    String label() {
        return label;
    }
}
