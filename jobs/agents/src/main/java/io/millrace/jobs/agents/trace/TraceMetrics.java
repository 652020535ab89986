package io.millrace.jobs.agents.trace;

/** The names of metrics about traces. */
public final class TraceMetrics {
    /** Spans that did not reach the collector. */
    public static final String SPANS_DROPPED = "spans_dropped";

    private TraceMetrics() {}
}
