package io.millrace.operators.workflow;

/** The names of what the workflows job measures beside what every job does. */
public final class WorkflowMetrics {
    /** Versions of workflows that are known. */
    public static final String DEFINITIONS = "workflow_definitions";

    /** Starts that came to be runs. */
    public static final String STARTS_BOUND = "starts_bound";

    /** Starts for which no definition came, or no room was. */
    public static final String STARTS_REFUSED = "starts_refused";

    /** What happened in runs, in a group by {@link #CHANGE}. */
    public static final String WORKFLOW_EVENTS = "workflow_events";

    public static final String CHANGE = "change";

    private WorkflowMetrics() {}
}
