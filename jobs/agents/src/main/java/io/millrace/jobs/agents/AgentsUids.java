package io.millrace.jobs.agents;

/**
 * The uids of the operators between sources and sinks: by these a savepoint's state finds its operator. To change one
 * is to lose its state; the golden file {@code agents-job.golden} fails then.
 */
final class AgentsUids {
    static final String READ_REGISTRY = "read-agent-registry";
    static final String ROUTE = "route-agent-calls";
    static final String CALLS = "calls";
    static final String TENANT_GATES = "tenant-gates";
    static final String AGENT_GATES = "agent-gates";
    static final String ATTEMPTS = "attempts";
    static final String WITHOUT_WATERMARKS = "attempts-without-watermarks";
    static final String AGENTS = "agents";
    static final String REDIRECT = "redirect-results";
    static final String TRACE_RESULTS = "trace-results";

    private AgentsUids() {}

    /** Of the source that reads the calls of a tenant that is bound to a topic. */
    static String callsSource(String tenant) {
        return "agent-calls-of-" + tenant;
    }
}
