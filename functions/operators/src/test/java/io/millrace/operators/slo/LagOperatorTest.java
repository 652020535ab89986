package io.millrace.operators.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.slo.LagCommand;
import io.millrace.logic.slo.LagCommandCodec;
import io.millrace.logic.slo.LagDecider;
import io.millrace.logic.slo.LagInput;
import io.millrace.logic.slo.LagState;
import io.millrace.logic.slo.LagStateCodec;
import io.millrace.logic.slo.ObjectiveBook;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.Verdict;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The decider of lag in the operator that hosts it: what is remembered, and what comes again after a restore. */
class LagOperatorTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long INTERVAL = 10_000;

    private final ObjectiveBook objectives = new ObjectiveBook();

    LagOperatorTest() throws Exception {
        objectives.put(new SloDefined(
                envelope("slo.defined", NOW),
                "fresh",
                null,
                "billing",
                null,
                null,
                null,
                20L,
                null,
                null,
                null,
                0.99,
                28,
                1,
                SloDefined.AlertOn.BREACH,
                Map.of(),
                null,
                null));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LagInput, LagCommand> harness(
            OperatorSubtaskState from) throws Exception {
        DecisionOperator<LagState, LagInput, LagCommand, LagCommand> operator = new DecisionOperator<>(
                "lag",
                CodecTypeInfo.by(LagStateCodec.class),
                LagDecider.Effect.class,
                LagDecider::new,
                (command, outlet) -> outlet.send(command));
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, LagInput, LagCommand>(
                operator, LagInput::key, Types.STRING);
        harness.setup(
                CodecTypeInfo.by(LagCommandCodec.class).createSerializer(new ExecutionConfig().getSerializerConfig()));
        harness.setProcessingTime(NOW);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        return harness;
    }

    private void take(KeyedOneInputStreamOperatorTestHarness<String, LagInput, LagCommand> harness, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            long at = NOW + i * INTERVAL;
            harness.setProcessingTime(at);
            LagSampled sample = sample(at, i < 8 ? 5 : 9);
            harness.processElement(new StreamRecord<>(new LagInput(sample, objectives.of(sample)), at));
        }
    }

    @Test
    void whatComesAgainAfterARestoreIsToldUnderTheSameIds() throws Exception {
        OperatorSubtaskState state;
        List<SloAlert> first;
        try (var harness = harness(null)) {
            take(harness, 0, 2);
            state = harness.snapshot(1, NOW);
            take(harness, 2, 20);
            first = alerts(harness);
        }
        try (var harness = harness(state)) {
            take(harness, 1, 20);

            assertThat(alerts(harness)).isEqualTo(first);
            assertThat(first)
                    .extracting(SloAlert::state)
                    .containsExactly(SloAlert.State.OPENED, SloAlert.State.RESOLVED);
        }
    }

    @Test
    void whoeverIsNotSeenAfterARestoreIsBlind() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            take(harness, 0, 2);
            state = harness.snapshot(1, NOW);
        }
        try (var harness = harness(state)) {
            harness.setProcessingTime(NOW + 4 * INTERVAL + 20);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(command -> assertThat(command.status().verdict()).isEqualTo(Verdict.BLIND));
        }
    }

    private static List<SloAlert> alerts(KeyedOneInputStreamOperatorTestHarness<String, LagInput, LagCommand> harness) {
        return harness.extractOutputValues().stream()
                .map(LagCommand::alert)
                .filter(Objects::nonNull)
                .toList();
    }

    private static LagSampled sample(long at, long committed) {
        LagSampled.Partition partition =
                new LagSampled.Partition(0, committed, 0L, 9, committed == 9 ? null : Instant.ofEpochMilli(NOW), false);
        return new LagSampled(
                envelope("lag.sampled", at),
                "billing",
                "orders",
                "id",
                Members.SOME,
                INTERVAL,
                0,
                1,
                1,
                null,
                false,
                null,
                List.of(partition));
    }

    private static Envelope envelope(String type, long at) {
        return new Envelope(new UUID(0, at), type, Instant.ofEpochMilli(at), "default", null, null);
    }
}
