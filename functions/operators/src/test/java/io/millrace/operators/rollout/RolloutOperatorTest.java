package io.millrace.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.RolloutDecider;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.RolloutNewsCodec;
import io.millrace.logic.rollout.RolloutState;
import io.millrace.logic.rollout.RolloutStateCodec;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The decider of roll-outs in the operator that hosts it: its wake-ups, and what comes again after a restore. */
class RolloutOperatorTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;

    private static KeyedOneInputStreamOperatorTestHarness<String, RolloutInput, RolloutNews> harness(
            OperatorSubtaskState from) throws Exception {
        DecisionOperator<RolloutState, RolloutInput, RolloutNews, RolloutNews> operator = DecisionOperator.inLogOrder(
                "rollout",
                CodecTypeInfo.by(RolloutStateCodec.class),
                RolloutDecider.Effect.class,
                RolloutDecider::new,
                (news, outlet) -> outlet.send(news));
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, RolloutInput, RolloutNews>(
                operator, RolloutInput::flag, Types.STRING);
        harness.setup(
                CodecTypeInfo.by(RolloutNewsCodec.class).createSerializer(new ExecutionConfig().getSerializerConfig()));
        harness.setProcessingTime(NOW);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        return harness;
    }

    private static Envelope envelope(String type, long id) {
        return new Envelope(new UUID(3, id), type, Instant.ofEpochMilli(NOW), Envelope.DEFAULT_TENANT, null, null);
    }

    private static final List<RolloutInput> BEGINNING = List.of(
            new FlagObserved(
                    envelope("flag.observed", 1),
                    "checkout",
                    "checkout",
                    "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"}",
                    false,
                    "old",
                    Instant.ofEpochMilli(NOW),
                    0),
            new RolloutDefined(
                    envelope("rollout.defined", 2),
                    "checkout-v2",
                    null,
                    "checkout",
                    "new",
                    "old",
                    Strategy.PROGRESSIVE,
                    null,
                    null,
                    List.of(new Step(10, 3_600, false), new Step(50, 3_600, false), new Step(100, 0, false)),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null),
            new RolloutCommand(
                    envelope("rollout.command", 3),
                    "checkout-v2",
                    RolloutCommand.Action.START,
                    "ann",
                    null,
                    "checkout"));

    private static List<RolloutEvent> events(
            KeyedOneInputStreamOperatorTestHarness<String, RolloutInput, RolloutNews> harness) {
        return harness.extractOutputValues().stream()
                .map(RolloutNews::event)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void take(KeyedOneInputStreamOperatorTestHarness<String, RolloutInput, RolloutNews> harness)
            throws Exception {
        for (RolloutInput input : BEGINNING) {
            harness.processElement(new StreamRecord<>(input, NOW));
        }
    }

    @Test
    void stepsComeAtTheirTimesAfterARestoreTooAndAreToldUnderTheSameIds() throws Exception {
        OperatorSubtaskState state;
        List<RolloutEvent> first;
        try (var harness = harness(null)) {
            take(harness);
            state = harness.snapshot(1, NOW);
            harness.setProcessingTime(NOW + HOUR + 50);
            harness.setProcessingTime(NOW + 2 * HOUR + 50);
            first = events(harness);
            assertThat(harness.extractOutputValues().stream()
                            .map(RolloutNews::wanted)
                            .filter(Objects::nonNull)
                            .map(WantedFlag::percent))
                    .containsExactly(10, 50, 100, 100);
        }
        try (var harness = harness(state)) {
            // They come again.
            take(harness);
            harness.setProcessingTime(NOW + HOUR + 50);
            harness.setProcessingTime(NOW + 2 * HOUR + 50);

            assertThat(events(harness)).isNotEmpty().isEqualTo(first.subList(3, first.size()));
        }
    }

    @Test
    void whatIsToldGoesWhereItBelongs() throws Exception {
        List<RolloutNews> news;
        try (var harness = harness(null)) {
            take(harness);
            news = harness.extractOutputValues();
        }
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new TellRollouts()))) {
            harness.open();
            for (RolloutNews each : news) {
                harness.processElement(new StreamRecord<>(each));
            }
            harness.processElement(new StreamRecord<>(new RolloutNews("checkout", null, null, null, null)));

            assertThat(harness.extractOutputValues()).hasSize(3);
            assertThat(harness.getSideOutput(TellRollouts.WANTED)).hasSize(1);
            assertThat(harness.getSideOutput(TellRollouts.STATUSES)).hasSizeGreaterThan(2);
        }
    }
}
