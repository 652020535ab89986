package io.millrace.jobs.agents.trace;

import io.millrace.schema.agent.AgentOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A line of the log for each attempt that ended, at level info for those that failed. */
public final class AttemptLog {
    /** Of the logging context, by which JSON lines carry it. */
    static final String CORRELATION_ID = "correlation_id";

    private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

    private AttemptLog() {}

    public static void ended(AgentOutcome outcome) {
        boolean ok = outcome.status() == AgentOutcome.Status.OK;
        if (ok ? !LOG.isDebugEnabled() : !LOG.isInfoEnabled()) {
            return;
        }
        // Of an error its code: its message may come from the agent.
        String code =
                outcome.error() == null ? "" : " " + outcome.error().code().wireName();
        String text = "attempt " + outcome.attemptId() + " of " + outcome.agent() + " ended after "
                + (outcome.endedAt() - outcome.startedAt()) + " ms: " + outcome.status() + code;
        MDC.put(CORRELATION_ID, outcome.correlationId());
        try {
            if (ok) {
                LOG.debug(text);
            } else {
                LOG.info(text);
            }
        } finally {
            MDC.remove(CORRELATION_ID);
        }
    }
}
