package io.millrace.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CountSignalsTest {
    private static final long MINUTE = 60_000;
    private static final long NOON = 30_000_000 * MINUTE;
    private static final long LATER = NOON + 100 * MINUTE;
    private static final long TOLD = NOON + MINUTE + LogTime.IN_LOG_ORDER_MILLIS;

    private static KeyedOneInputStreamOperatorTestHarness<String, HealthSignal, OutboundRecord> counting(
            OperatorSubtaskState from) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, HealthSignal, OutboundRecord>(
                new KeyedProcessOperator<>(new CountSignals(MINUTE)), CountSignals::key, Types.STRING);
        harness.setProcessingTime(LATER);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static HealthSignal signal(long id, String variant, long errors, Boolean check) {
        Envelope envelope = new Envelope(
                new UUID(1, id), "health.signal", Instant.ofEpochMilli(7), Envelope.DEFAULT_TENANT, null, null);
        return new HealthSignal(
                envelope, "checkout", variant, "service", 1L, errors, 100L, List.of(), Map.of("orders", 1L), check);
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, HealthSignal, OutboundRecord> harness,
            HealthSignal signal,
            long time)
            throws Exception {
        harness.processElement(new StreamRecord<>(signal, time));
    }

    private static List<HealthCounted> told(
            KeyedOneInputStreamOperatorTestHarness<String, HealthSignal, OutboundRecord> harness) throws Exception {
        List<HealthCounted> told = new ArrayList<>();
        for (OutboundRecord record : harness.extractOutputValues()) {
            SourceRecord source =
                    new SourceRecord("rollout-inbox", 0, 0, 0, record.key(), record.value(), record.headers());
            told.add((HealthCounted) RolloutInput.read(source));
        }
        return told;
    }

    @Test
    void anIntervalIsToldOnceAllOfItWasRead() throws Exception {
        try (var harness = counting(null)) {
            take(harness, signal(1, "new", 1, null), NOON + 1);
            take(harness, signal(2, "old", 0, null), NOON + MINUTE);
            // From another partition, which is behind.
            take(harness, signal(3, "new", 0, null), NOON + 2);
            harness.processWatermark(new Watermark(TOLD - 1));
            assertThat(told(harness)).isEmpty();
            harness.processWatermark(new Watermark(TOLD));

            assertThat(told(harness)).singleElement().satisfies(counted -> {
                assertThat(counted.from()).isEqualTo(Instant.ofEpochMilli(NOON));
                assertThat(counted.variants())
                        .containsExactly(new Variant("new", 2, 1, List.of(234L, 2L), Map.of("orders", 2L), 0, 0, 0, 0));
            });
        }
    }

    @Test
    void whatComesAgainIsCountedOnceAndForgottenLater() throws Exception {
        try (var harness = counting(null)) {
            take(harness, signal(1, "new", 1, null), NOON);
            take(harness, signal(1, "new", 1, null), NOON + 5);
            take(harness, signal(1, "new", 1, null), NOON + MINUTE);
            take(harness, signal(2, "new", 0, null), NOON + MINUTE);
            harness.processWatermark(new Watermark(NOON + 30 * MINUTE));

            assertThat(told(harness))
                    .extracting(counted -> counted.variants().get(0).requests())
                    .containsExactly(1L, 1L);
            take(harness, signal(1, "new", 1, null), NOON + 40 * MINUTE);
            harness.processWatermark(new Watermark(NOON + 90 * MINUTE));
            assertThat(told(harness)).hasSize(3);
            assertThat(harness.numKeyedStateEntries()).as("nothing is left").isZero();
        }
    }

    @Test
    void whileSignalsComeIdsAreForgottenAfterTenToTwentyIntervals() throws Exception {
        try (var harness = counting(null)) {
            for (int minute = 0; minute < 80; minute++) {
                take(harness, signal(minute, "new", 0, null), NOON + minute * MINUTE);
                if (minute >= 11) {
                    take(harness, signal(minute - 10, "new", 0, null), NOON + minute * MINUTE);
                }
                harness.processWatermark(new Watermark(TOLD + minute * MINUTE));
            }

            assertThat(told(harness))
                    .hasSize(80)
                    .allMatch(counted -> counted.variants().get(0).requests() == 1);
            take(harness, signal(50, "new", 0, null), NOON + 80 * MINUTE);
            harness.processWatermark(new Watermark(TOLD + 80 * MINUTE));
            assertThat(told(harness)).as("it is not known any longer").hasSize(81);
        }
    }

    @Test
    void whatWasCountedBeforeARestartIsToldWithTheSameId() throws Exception {
        OperatorSubtaskState state;
        List<HealthCounted> first;
        try (var harness = counting(null)) {
            take(harness, signal(1, "new", 1, null), NOON);
            state = harness.snapshot(1, NOON);
            take(harness, signal(2, "new", 0, null), NOON + 1);
            harness.processWatermark(new Watermark(TOLD));
            first = told(harness);
        }
        try (var harness = counting(state)) {
            take(harness, signal(1, "new", 1, null), NOON);
            take(harness, signal(2, "new", 0, null), NOON + 1);
            harness.processWatermark(new Watermark(TOLD));

            assertThat(told(harness)).isEqualTo(first);
        }
    }

    @Test
    void checksAreCountedInTheirOrder() throws Exception {
        try (var harness = counting(null)) {
            boolean[] passed = {false, false, true, false, false, false, true, false};
            for (int i = 0; i < passed.length; i++) {
                take(harness, signal(i, "new", 0, passed[i]), NOON + i);
            }
            harness.processWatermark(new Watermark(TOLD));

            assertThat(told(harness).get(0).variants().get(0)).satisfies(variant -> {
                assertThat(variant.checks()).isEqualTo(8);
                assertThat(variant.failedFirst()).isEqualTo(2);
                assertThat(variant.failedLast()).isEqualTo(1);
                assertThat(variant.failedLongest()).isEqualTo(3);
            });
        }
    }

    @Test
    void variantsAndNamesBeyondTheBoundAreDropped() throws Exception {
        try (var harness = counting(null)) {
            for (int i = 0; i < 12; i++) {
                take(harness, signal(i, "v-" + i, 0, null), NOON);
            }
            harness.processWatermark(new Watermark(TOLD));

            assertThat(told(harness).get(0).variants()).hasSize(10);
            assertThat(told(harness).get(0).dropped()).isEqualTo(2);
        }
    }

    @Test
    void aRecordFromTheFutureIsCountedNow() throws Exception {
        try (var harness = counting(null)) {
            take(harness, signal(1, "new", 0, null), LATER + 1_000 * MINUTE);
            harness.processWatermark(new Watermark(LATER + 2 * MINUTE));

            assertThat(told(harness)).extracting(HealthCounted::from).containsExactly(Instant.ofEpochMilli(LATER));
        }
    }
}
