package io.millrace.jobs.agents.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives spans the ids that were decided for them: the SDK asks for them on the thread that starts a span. */
final class DecidedIds implements IdGenerator {
    private final ThreadLocal<SpanContext> decided = new ThreadLocal<>();

    Span start(SpanBuilder span, SpanContext ids) {
        decided.set(ids);
        try {
            return span.startSpan();
        } finally {
            decided.remove();
        }
    }

    @Override
    public String generateSpanId() {
        return decided.get().getSpanId();
    }

    @Override
    public String generateTraceId() {
        return decided.get().getTraceId();
    }
}
