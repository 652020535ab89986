package io.millrace.jobs.agents.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where calls and attempts stand in traces: caller, call, attempts. A function of their ids, of the caller's trace
 * context and of the ratio alone, so that an attempt is the child of a call whose span nobody has made yet, and what is
 * traced again after a crash has the ids that it had.
 */
final class TraceTree {
    private static final String TRACEPARENT = "traceparent";
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private static final TextMapGetter<String> THE_HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String key) {
            return key.equals(TRACEPARENT) ? traceparent : null;
        }
    };

    private final Sampler roots;

    /** @param sampleRatio of the calls without a caller's trace */
    TraceTree(double sampleRatio) {
        this.roots = Sampler.traceIdRatioBased(sampleRatio);
    }

    /**
     * The span of whoever called.
     *
     * @param traceparent may be null
     * @return not valid when there is none
     */
    static SpanContext caller(String traceparent) {
        Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, THE_HEADER);
        return Span.fromContext(context).getSpanContext();
    }

    /**
     * The span of a call. It is sampled when its caller is, and without one by its trace id.
     *
     * @param idempotencyKey of the call, or of the work of a fallback for it
     * @param traceparent the caller's; may be null
     */
    SpanContext call(String idempotencyKey, String traceparent) {
        int fallback = idempotencyKey.indexOf('@');
        String key = fallback < 0 ? idempotencyKey : idempotencyKey.substring(0, fallback);
        SpanContext caller = caller(traceparent);
        String traceId = caller.isValid() ? caller.getTraceId() : derived("trace ", key, TRACE_ID_BYTES);
        boolean sampled = caller.isValid() ? caller.isSampled() : isSampled(traceId);
        return span(traceId, key, sampled ? TraceFlags.getSampled() : TraceFlags.getDefault());
    }

    private boolean isSampled(String traceId) {
        return roots.shouldSample(Context.root(), traceId, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    static SpanContext attempt(String attemptId, SpanContext call) {
        return span(call.getTraceId(), attemptId, call.getTraceFlags());
    }

    /** As it is handed on (W3C Trace Context §3.2). */
    static String traceparent(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    private static SpanContext span(String traceId, String id, TraceFlags flags) {
        return SpanContext.create(traceId, derived("span ", id, SPAN_ID_BYTES), flags, TraceState.getDefault());
    }

    /** A hash, and not the UUID that a key is: of that some bits are always the same, and samplers go by them. */
    private static String derived(String use, String id, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((use + id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
