package io.millrace.operators.workflow;

/** The names of what the workflows job measures beside what every job does. */
public final class WorkflowMetrics {
    /** Versions of workflows that are known. */
    public static final String DEFINITIONS = "workflow_definitions";

    /** Starts that came to be runs. */
    public static final String STARTS_BOUND = "starts_bound";

    /** Starts for which no definition came, or no room was. */
    public static final String STARTS_REFUSED = "starts_refused";

    /** Runs that are known, those among them that ended and are not forgotten yet. */
    public static final String KNOWN_RUNS = "known_runs";

    /** What happened in runs, in a group by {@link #CHANGE}. */
    public static final String WORKFLOW_EVENTS = "workflow_events";

    public static final String CHANGE = "change";

    /** How long after it was logged what came was decided about, milliseconds. */
    public static final String DECISION_DELAY_MS = "run_decision_delay_ms";

    private WorkflowMetrics() {}
}
