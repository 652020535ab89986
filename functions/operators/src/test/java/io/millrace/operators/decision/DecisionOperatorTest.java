package io.millrace.operators.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecisionOperatorTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    /** Words of a key, said together a minute after the first. */
    record Words(List<String> words, long at) {}

    public static final class WordsCodec extends RecordCodec<Words> {
        public WordsCodec() {
            super(Words.class);
        }
    }

    enum Effect {
        FIRST,
        MORE
    }

    private static class Gather implements Decider<Words, String, String> {
        @Override
        public Decision<Words, Effect, String> decide(String key, Words state, String word, long time) {
            if (state == null) {
                return new Decision<>(new Words(List.of(word), time + MINUTE), Effect.FIRST, List.of());
            }
            List<String> words = new ArrayList<>(state.words());
            words.add(word);
            return new Decision<>(new Words(words, state.at()), Effect.MORE, List.of());
        }

        @Override
        public Decision<Words, Effect, String> wake(String key, Words state, long time) {
            return new Decision<>(null, Effect.MORE, List.of(key + " " + state.words() + " at " + (time - NOW)));
        }

        @Override
        public long nextWake(Words state) {
            return state.at();
        }
    }

    /** Each word puts off when they are said. */
    private static final class PutOff extends Gather {
        @Override
        public Decision<Words, Effect, String> decide(String key, Words state, String word, long time) {
            Decision<Words, Effect, String> gathered = super.decide(key, state, word, time);
            return new Decision<>(
                    new Words(gathered.state().words(), time + MINUTE), gathered.effect(), gathered.commands());
        }
    }

    /** Asks again for the time it was woken for. */
    private static final class Stubborn extends Gather {
        @Override
        public Decision<Words, Effect, String> wake(String key, Words state, long time) {
            return new Decision<>(state, Effect.MORE, List.of());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, String, OutboundRecord> harness(
            OperatorSubtaskState from) throws Exception {
        return harness(from, Gather::new);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, String, OutboundRecord> harness(
            OperatorSubtaskState from, DeciderFactory<Words, String, String> deciders) throws Exception {
        DecisionOperator<Words, String, String, OutboundRecord> operator = new DecisionOperator<>(
                "words",
                CodecTypeInfo.by(WordsCodec.class),
                Effect.class,
                deciders,
                (said, outlet) ->
                        outlet.send(new OutboundRecord(null, said.getBytes(StandardCharsets.UTF_8), List.of())));
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, String, OutboundRecord>(
                operator, word -> word.substring(0, 1), Types.STRING);
        harness.setProcessingTime(NOW);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static List<String> said(KeyedOneInputStreamOperatorTestHarness<String, String, OutboundRecord> harness) {
        return harness.extractOutputValues().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void eachKeyIsDecidedByItselfAndWokenWhenItAsked() throws Exception {
        try (var harness = harness(null)) {
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processElement(new StreamRecord<>("a1", NOW));
            harness.processElement(new StreamRecord<>("b1", NOW + 1_000));
            harness.processElement(new StreamRecord<>("a2", NOW + 2_000));

            harness.setProcessingTime(NOW + MINUTE - 1);
            assertThat(said(harness)).isEmpty();

            harness.setProcessingTime(NOW + MINUTE + 20);
            assertThat(said(harness)).containsExactly("a [a1, a2] at 60000");
        }
    }

    @Test
    void aKeyThatPutItsWakeUpOffIsNotWokenBefore() throws Exception {
        try (var harness = harness(null, PutOff::new)) {
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processElement(new StreamRecord<>("a1", NOW));
            harness.setProcessingTime(NOW + 30_000);
            harness.processElement(new StreamRecord<>("a2", NOW + 30_000));

            harness.setProcessingTime(NOW + MINUTE + 20);
            assertThat(said(harness)).isEmpty();

            harness.setProcessingTime(NOW + MINUTE + 30_020);
            assertThat(said(harness)).containsExactly("a [a1, a2] at 90000");
        }
    }

    @Test
    void aDeciderThatAsksAgainForTheTimeItWasWokenForFails() throws Exception {
        try (var harness = harness(null, Stubborn::new)) {
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processElement(new StreamRecord<>("a1", NOW));

            assertThatThrownBy(() -> harness.setProcessingTime(NOW + MINUTE + 20))
                    .hasStackTraceContaining("asks for that time again");
        }
    }

    @Test
    void whatWasRememberedIsThereAfterARestoreAndWaitsForTheInput() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(null)) {
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processElement(new StreamRecord<>("a1", NOW));
            snapshot = harness.snapshot(1, NOW);
        }

        try (var harness = harness(snapshot)) {
            harness.setProcessingTime(NOW + 2 * MINUTE);
            harness.processWatermark(new Watermark(NOW + MINUTE - 1));
            harness.setProcessingTime(NOW + 2 * MINUTE + 20);
            assertThat(said(harness)).as("the log is not read so far").isEmpty();

            harness.processElement(new StreamRecord<>("a2", NOW + 30_000));
            harness.processWatermark(new Watermark(NOW + 2 * MINUTE));
            harness.setProcessingTime(NOW + 2 * MINUTE + 40);
            assertThat(said(harness)).containsExactly("a [a1, a2] at 60000");
        }
    }

    @Test
    void whatWasLoggedAfterAWakeUpComesAfterItThoughItIsReadBefore() throws Exception {
        try (var harness = harness(null)) {
            harness.setProcessingTime(NOW + 3 * MINUTE);
            harness.processElement(new StreamRecord<>("a1", NOW));
            harness.processElement(new StreamRecord<>("a2", NOW + 2 * MINUTE));
            assertThat(said(harness)).containsExactly("a [a1] at 60000");

            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.setProcessingTime(NOW + 3 * MINUTE + 20);
            assertThat(said(harness)).containsExactly("a [a1] at 60000", "a [a2] at 180000");
        }
    }

    @Test
    void aLogTimeToComeIsTakenForNow() throws Exception {
        try (var harness = harness(null)) {
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processElement(new StreamRecord<>("a1", NOW + 1_000 * MINUTE));

            harness.setProcessingTime(NOW + MINUTE + 10_000);
            assertThat(said(harness)).containsExactly("a [a1] at 65000");
        }
    }
}
