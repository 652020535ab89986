package io.millrace.jobs.agents;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.jobs.agents.trace.AttemptLog;
import io.millrace.jobs.agents.trace.AttemptSpans;
import io.millrace.jobs.agents.trace.TraceSettings;
import io.millrace.logic.agent.PriceTable;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcomeWriter;
import io.millrace.schema.wire.OutboundRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Makes attempts: one physical call each, and its outcome whatever becomes of it. What is under way at a checkpoint is in it
 * and is made again after a restore, under the same idempotency key.
 */
final class AttemptFunction extends RichAsyncFunction<AgentAttempt, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final TransportSettings settings;
    private final PriceTable prices;
    private final TraceSettings tracing;

    private transient AgentTransports transports;
    private transient AttemptMetrics metrics;
    private transient AttemptSpans spans;

    AttemptFunction(TransportSettings settings, PriceTable prices, TraceSettings tracing) {
        this.settings = settings;
        this.prices = prices;
        this.tracing = tracing;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        transports = AgentTransports.open(settings);
        metrics = new AttemptMetrics(getRuntimeContext().getMetricGroup());
        spans = new AttemptSpans(tracing, settings.llm(), getRuntimeContext().getMetricGroup());
    }

    @Override
    public void asyncInvoke(AgentAttempt attempt, ResultFuture<OutboundRecord> result) {
        long started = System.currentTimeMillis();
        long limit = Math.min(attempt.timeoutMs(), attempt.deadline() - started);
        if (limit <= 0) {
            // As after a restore: nobody waits for it any longer.
            AgentError error = new AgentError(AgentErrorCode.DEADLINE_PASSED, "the deadline passed before the call");
            end(attempt, AgentOutcome.without(attempt, AgentOutcome.Status.TIMED_OUT, error, 0, started), result);
            return;
        }
        CompletableFuture<AgentAnswer> call = transports.call(spans.joined(attempt));
        call.completeOnTimeout(AgentAnswer.timedOut(), limit, TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        end(attempt, outcome(attempt, answer, started), result);
                    } else {
                        // A transport does not fail: this is a bug of ours, and the job says so.
                        result.completeExceptionally(failure);
                    }
                });
    }

    private AgentOutcome outcome(AgentAttempt attempt, AgentAnswer answer, long started) {
        return new AgentOutcome(
                attempt.attemptId(),
                attempt.owner(),
                attempt.tenant(),
                attempt.agent(),
                answer.status(),
                answer.output(),
                answer.error(),
                answer.retryAfterMs(),
                answer.usage(),
                prices.cost(attempt.model(), answer.usage()),
                started,
                System.currentTimeMillis(),
                Math.max(0, started - attempt.issuedAt()),
                attempt.correlationId(),
                attempt.traceparent());
    }

    private void end(AgentAttempt attempt, AgentOutcome outcome, ResultFuture<OutboundRecord> result) {
        metrics.count(outcome, attempt.model());
        result.complete(List.of(OutboundRecord.of(
                outcome.owner(), AgentOutcomeWriter.write(outcome), outcome.correlationId(), outcome.traceparent())));
        spans.ended(attempt, outcome);
        AttemptLog.ended(outcome);
    }

    @Override
    public void close() {
        if (transports != null) {
            transports.close();
        }
        if (spans != null) {
            spans.close();
        }
    }
}
