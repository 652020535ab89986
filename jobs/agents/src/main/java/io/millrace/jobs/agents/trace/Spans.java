package io.millrace.jobs.agents.trace;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;

/**
 * What spans say. Attributes are those of OpenTelemetry's semantic conventions for generative AI where there is one,
 * and else begin with {@code millrace.}; docs/agents.md lists them.
 */
final class Spans {
    private static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> AGENT = stringKey("gen_ai.agent.name");
    private static final AttributeKey<String> MODEL = stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

    private static final AttributeKey<String> STATUS = stringKey("millrace.status");
    private static final AttributeKey<String> TENANT = stringKey("millrace.tenant");
    private static final AttributeKey<String> CORRELATION_ID = stringKey("millrace.correlation_id");
    private static final AttributeKey<Long> COST_MICROS = longKey("millrace.cost_micros");
    private static final AttributeKey<String> ANSWERED_BY = stringKey("millrace.answered_by");
    private static final AttributeKey<Long> ATTEMPTS = longKey("millrace.attempts");
    private static final AttributeKey<Boolean> CACHED = booleanKey("millrace.cached");
    private static final AttributeKey<Long> ATTEMPT = longKey("millrace.attempt");

    private Spans() {}

    /** From the moment when the call came into the log to its result. */
    static EndedSpan call(AgentResult result, SpanContext context, SpanContext caller) {
        AttributesBuilder attributes = Attributes.builder()
                .put(OPERATION, Operation.INVOKE_AGENT)
                .put(AGENT, result.agent())
                .put(STATUS, result.status().name())
                .put(ATTEMPTS, (long) result.attempts())
                .put(CACHED, result.cached());
        if (result.answeredBy() != null) {
            attributes.put(ANSWERED_BY, result.answeredBy());
        }
        common(
                attributes,
                result.tenant(),
                result.correlationId(),
                result.usage(),
                result.costMicros(),
                result.error());
        return new EndedSpan(
                context,
                caller,
                Operation.INVOKE_AGENT + " " + result.agent(),
                SpanKind.INTERNAL,
                attributes.build(),
                hasFailed(result.status()),
                result.occurredAt() - result.totalMs(),
                result.occurredAt());
    }

    private static boolean hasFailed(AgentResult.Status status) {
        return switch (status) {
            case OK, DEGRADED, SKIPPED -> false;
            case FAILED, TIMED_OUT, REFUSED -> true;
        };
    }

    /** One physical call. */
    static EndedSpan attempt(
            AgentAttempt attempt, AgentOutcome outcome, Operation operation, SpanContext context, SpanContext call) {
        AttributesBuilder attributes = Attributes.builder()
                .put(OPERATION, operation.name())
                .put(AGENT, attempt.agent())
                .put(STATUS, outcome.status().name())
                .put(ATTEMPT, (long) attempt.number());
        if (operation.provider() != null) {
            attributes.put(PROVIDER, operation.provider());
        }
        if (operation.model() != null) {
            attributes.put(MODEL, operation.model());
        }
        common(
                attributes,
                outcome.tenant(),
                outcome.correlationId(),
                outcome.usage(),
                outcome.costMicros(),
                outcome.error());
        return new EndedSpan(
                context,
                call,
                operation.spanName(attempt.agent()),
                operation.kind(),
                attributes.build(),
                outcome.status() != AgentOutcome.Status.OK,
                outcome.startedAt(),
                outcome.endedAt());
    }

    /** Of an error its code: its message may come from the agent. */
    private static void common(
            AttributesBuilder attributes,
            String tenant,
            String correlationId,
            Usage usage,
            long costMicros,
            AgentError error) {
        attributes.put(TENANT, tenant);
        attributes.put(COST_MICROS, costMicros);
        if (correlationId != null) {
            attributes.put(CORRELATION_ID, correlationId);
        }
        if (usage.total() > 0) {
            attributes.put(INPUT_TOKENS, usage.inputTokens());
            attributes.put(OUTPUT_TOKENS, usage.outputTokens());
        }
        if (error != null) {
            attributes.put(ERROR_TYPE, error.code().wireName());
        }
    }
}
