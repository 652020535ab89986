package io.millrace.jobs.agents.trace;

import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import org.apache.flink.metrics.MetricGroup;

/** The spans of attempts, children of their calls' spans. For any number of threads. */
public final class AttemptSpans implements AutoCloseable {
    private final Llm service;
    /** Null when there are no traces, as is {@code export}. */
    private final TraceTree tree;

    private final SpanExport export;

    /**
     * Opens the way to the collector, if there is one.
     *
     * @throws IOException when the settings name a file that can't be used
     */
    public AttemptSpans(TraceSettings settings, Llm service, MetricGroup metrics) throws IOException {
        this.service = service;
        this.tree = settings.isOn() ? new TraceTree(settings.sampleRatio()) : null;
        this.export = settings.isOn() ? new SpanExport(settings, metrics) : null;
    }

    /** The attempt as the agent is to see it: what the agent traces is a child of the attempt's span. */
    public AgentAttempt joined(AgentAttempt attempt) {
        if (export == null) {
            return attempt;
        }
        SpanContext span = TraceTree.attempt(attempt.attemptId(), call(attempt));
        return attempt.withTraceparent(TraceTree.traceparent(span));
    }

    /** @param attempt as it came, not as {@link #joined} */
    public void ended(AgentAttempt attempt, AgentOutcome outcome) {
        if (export == null) {
            return;
        }
        SpanContext call = call(attempt);
        if (call.isSampled()) {
            SpanContext span = TraceTree.attempt(attempt.attemptId(), call);
            export.send(Spans.attempt(attempt, outcome, Operation.of(attempt, service), span, call));
        }
    }

    private SpanContext call(AgentAttempt attempt) {
        return tree.call(attempt.idempotencyKey(), attempt.traceparent());
    }

    @Override
    public void close() {
        if (export != null) {
            export.close();
        }
    }
}
