package io.millrace.jobs.agents.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.CallKeys;
import io.opentelemetry.api.trace.SpanContext;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, parents and sampling are functions of what is in the log. */
class TraceTreeTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-00";
    private static final String KEY = CallKeys.idempotencyKey("default", "k-1").toString();
    private static final String OTHER_KEY =
            CallKeys.idempotencyKey("default", "k-2").toString();

    @Test
    void aCallStandsInTheTraceOfItsCaller() {
        SpanContext call = new TraceTree(1).call(KEY, SAMPLED);

        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(TraceTree.caller(SAMPLED).getSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void aCallWithoutACallerHasATraceOfItsOwn() {
        SpanContext call = new TraceTree(1).call(KEY, null);
        SpanContext other = new TraceTree(1).call(OTHER_KEY, null);

        assertThat(call.isValid()).isTrue();
        assertThat(other.getTraceId()).isNotEqualTo(call.getTraceId());
        assertThat(other.getSpanId()).isNotEqualTo(call.getSpanId());
    }

    @Test
    void whatIsTracedAgainHasTheSameIds() {
        SpanContext call = new TraceTree(1).call(KEY, null);
        SpanContext again = new TraceTree(0.5).call(KEY, null);

        assertThat(again.getTraceId()).isEqualTo(call.getTraceId());
        assertThat(again.getSpanId()).isEqualTo(call.getSpanId());
        assertThat(TraceTree.attempt(KEY + "#1", again)).isEqualTo(TraceTree.attempt(KEY + "#1", again));
    }

    @Test
    void attemptsOfFallbacksAreChildrenOfTheSameCall() {
        TraceTree tree = new TraceTree(1);

        assertThat(tree.call(KEY + "@other", SAMPLED)).isEqualTo(tree.call(KEY, SAMPLED));
        assertThat(tree.call(KEY + "@other", null)).isEqualTo(tree.call(KEY, null));
    }

    @Test
    void eachAttemptHasASpanOfItsOwn() {
        SpanContext call = new TraceTree(1).call(KEY, SAMPLED);
        SpanContext first = TraceTree.attempt(KEY + "#1", call);
        SpanContext second = TraceTree.attempt(KEY + "#2", call);

        assertThat(first.getTraceId()).isEqualTo(TRACE);
        assertThat(first.getSpanId()).isNotEqualTo(second.getSpanId()).isNotEqualTo(call.getSpanId());
        assertThat(TraceTree.traceparent(first)).isEqualTo("00-" + TRACE + "-" + first.getSpanId() + "-01");
    }

    @Test
    void theCallerDecidesWhetherItsTraceIsSampled() {
        assertThat(new TraceTree(0).call(KEY, SAMPLED).isSampled()).isTrue();
        assertThat(new TraceTree(1).call(KEY, NOT_SAMPLED).isSampled()).isFalse();
        assertThat(TraceTree.attempt(KEY + "#1", new TraceTree(1).call(KEY, NOT_SAMPLED))
                        .isSampled())
                .isFalse();
    }

    @Test
    void withoutACallerTheRatioDecides() {
        assertThat(share(0)).isZero();
        assertThat(share(0.25)).isBetween(0.22, 0.28);
        assertThat(share(0.5)).isBetween(0.47, 0.53);
        assertThat(share(1)).isEqualTo(1);
    }

    private static double share(double ratio) {
        TraceTree tree = new TraceTree(ratio);
        int calls = 5_000;
        return IntStream.range(0, calls)
                        .filter(i -> tree.call(
                                        CallKeys.idempotencyKey("t", "k-" + i).toString(), null)
                                .isSampled())
                        .count()
                / (double) calls;
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-zzf7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "-------------------------------------------------------"
            })
    void whatIsNoTraceContextIsNoCaller(String traceparent) {
        assertThat(TraceTree.caller(traceparent).isValid()).isFalse();
        assertThat(new TraceTree(1).call(KEY, traceparent)).isEqualTo(new TraceTree(1).call(KEY, null));
    }
}
