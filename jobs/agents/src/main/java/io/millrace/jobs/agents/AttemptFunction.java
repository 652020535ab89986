package io.millrace.jobs.agents;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.jobs.agents.trace.AttemptLog;
import io.millrace.jobs.agents.trace.AttemptSpans;
import io.millrace.jobs.agents.trace.TraceSettings;
import io.millrace.logic.agent.PriceTable;
import io.millrace.logic.agent.gate.TenantLines;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.AgentOutcomeWriter;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.OutboundRecord;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Makes attempts: one physical call each, and its outcome whatever becomes of it. What is under way at a checkpoint is
 * in it and is made again after a restore, under the same idempotency key.
 */
final class AttemptFunction extends RichAsyncFunction<AgentAttempt, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private static final AgentError NO_ROOM =
            new AgentError(AgentErrorCode.OVERLOADED, "too many attempts are under way");

    private final TransportSettings settings;
    private final PriceTable prices;
    private final TraceSettings tracing;
    private final int places;
    private final TenantLines lines;

    private transient AttemptRoom room;
    private transient AgentTransports transports;
    private transient Metering metering;
    private transient AttemptMetrics metrics;
    private transient AttemptSpans spans;

    /**
     * @param places how many attempts may be under way in a subtask, see {@link AttemptRoom}
     * @param lines of the tenants that share them
     */
    AttemptFunction(
            TransportSettings settings, PriceTable prices, TraceSettings tracing, int places, TenantLines lines) {
        this.settings = settings;
        this.prices = prices;
        this.tracing = tracing;
        this.places = places;
        this.lines = lines;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        room = new AttemptRoom(places, lines);
        transports = AgentTransports.open(settings);
        metering = new Metering(prices);
        metrics = new AttemptMetrics(getRuntimeContext().getMetricGroup());
        spans = new AttemptSpans(tracing, settings.llm(), getRuntimeContext().getMetricGroup());
    }

    @Override
    public void asyncInvoke(AgentAttempt attempt, ResultFuture<OutboundRecord> result) {
        long started = System.currentTimeMillis();
        AttemptLimit limit = AttemptLimit.of(attempt, started);
        if (limit.isOver()) {
            // As after a restore: nobody waits for it any longer.
            end(attempt, AgentOutcome.without(attempt, Status.TIMED_OUT, limit.error(), 0, started), result);
            return;
        }
        if (!room.take(attempt)) {
            end(attempt, AgentOutcome.without(attempt, Status.RETRYABLE, NO_ROOM, 0, started), result);
            return;
        }
        transports.call(spans.joined(attempt)).whenComplete((answer, failure) -> {
            room.give(attempt);
            // A transport does not fail, and nothing here does. Else it is a bug of ours, and the job says so: without
            // a timeout the attempt would hold its place for ever.
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            try {
                end(attempt, outcome(attempt, answer, limit, started), result);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
    }

    private AgentOutcome outcome(AgentAttempt attempt, AgentAnswer answer, AttemptLimit limit, long started) {
        Usage usage = Metering.usage(attempt, answer);
        return new AgentOutcome(
                attempt.attemptId(),
                attempt.owner(),
                attempt.tenant(),
                attempt.agent(),
                answer.status(),
                answer.output(),
                // Whoever saw it pass: the job, a client of the transport, or an agent that asked another.
                answer.status() == Status.TIMED_OUT ? limit.error() : answer.error(),
                answer.retryAfterMs(),
                usage,
                metering.cost(attempt, answer, usage),
                started,
                System.currentTimeMillis(),
                Math.max(0, started - attempt.issuedAt()),
                attempt.correlationId(),
                attempt.traceparent());
    }

    /** Completes the result last: what fails before that fails it. */
    private void end(AgentAttempt attempt, AgentOutcome outcome, ResultFuture<OutboundRecord> result) {
        OutboundRecord record = OutboundRecord.of(
                outcome.owner(), AgentOutcomeWriter.write(outcome), outcome.correlationId(), outcome.traceparent());
        metrics.count(outcome, attempt.model());
        spans.ended(attempt, outcome);
        AttemptLog.ended(outcome);
        result.complete(List.of(record));
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
