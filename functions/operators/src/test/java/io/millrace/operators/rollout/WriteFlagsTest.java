package io.millrace.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Flags never go back by themselves, whatever is decided again. */
class WriteFlagsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String FLAG =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";

    private long offset;

    private static KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord> writing(
            OperatorSubtaskState from, long now) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord>(
                new KeyedCoProcessOperator<>(new WriteFlags()), WantedFlag::flag, FlagSeen::flag, Types.STRING);
        harness.setProcessingTime(now);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static void want(
            KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord> harness,
            long revision,
            int percent)
            throws Exception {
        harness.processElement1(new StreamRecord<>(new WantedFlag(
                "checkout", "v2", revision, RolloutPhase.RUNNING, "new", "old", percent, null, false, null)));
    }

    private void see(
            KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord> harness, String flag)
            throws Exception {
        byte[] value = flag == null ? null : flag.getBytes(StandardCharsets.UTF_8);
        byte[] key = "checkout".getBytes(StandardCharsets.UTF_8);
        harness.processElement2(
                new StreamRecord<>(FlagSeen.read(new SourceRecord("flags", 0, offset++, NOW, key, value, List.of()))));
    }

    /** All is read up to some time after {@code now}; twice, as what was looked at too early is looked at again. */
    private static void caughtUp(
            KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord> harness, long now)
            throws Exception {
        harness.setProcessingTime(now);
        for (long time : List.of(now + 1_000, now + 5_000)) {
            harness.processWatermark1(new Watermark(time));
            harness.processWatermark2(new Watermark(time));
        }
    }

    private static List<String> written(
            KeyedTwoInputStreamOperatorTestHarness<String, WantedFlag, FlagSeen, OutboundRecord> harness) {
        return harness.extractOutputValues().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aFlagIsWrittenAsItIsWanted() throws Exception {
        try (var harness = writing(null, NOW)) {
            see(harness, FLAG);
            want(harness, 1, 10);
            assertThat(written(harness)).isEmpty();
            caughtUp(harness, NOW);

            assertThat(written(harness))
                    .singleElement()
                    .satisfies(flag -> assertThat(flag).contains("[\"new\",10]").contains("\"millrace_revision\":1"));
        }
    }

    @Test
    void nothingIsWrittenBeforeBothLogsWereRead() throws Exception {
        try (var harness = writing(null, NOW)) {
            see(harness, FLAG);
            want(harness, 1, 10);
            harness.processWatermark1(new Watermark(NOW + 60_000));
            assertThat(written(harness)).isEmpty();
            harness.processWatermark2(new Watermark(NOW - 1));
            assertThat(written(harness)).isEmpty();
        }
    }

    @Test
    void ofWhatIsDecidedAgainTheLogIsAheadAndNothingIsWritten() throws Exception {
        OperatorSubtaskState old;
        String last;
        try (var harness = writing(null, NOW)) {
            see(harness, FLAG);
            want(harness, 1, 10);
            old = harness.snapshot(1, NOW);
            caughtUp(harness, NOW);
            see(harness, written(harness).get(0));
            want(harness, 2, 50);
            caughtUp(harness, NOW + 10_000);
            last = written(harness).get(1);
            assertThat(last).contains("[\"new\",50]");
        }
        long later = NOW + 100_000;
        try (var harness = writing(old, later)) {
            // Watermarks begin with what was read before; the wish of the savepoint would be due.
            harness.processWatermark1(new Watermark(NOW + 5_000));
            harness.processWatermark2(new Watermark(NOW + 5_000));
            want(harness, 1, 10);
            assertThat(written(harness)).isEmpty();
            see(harness, last);
            want(harness, 2, 50);
            caughtUp(harness, later);

            assertThat(written(harness)).isEmpty();
            want(harness, 3, 100);
            caughtUp(harness, later + 10_000);
            assertThat(written(harness)).singleElement().satisfies(flag -> assertThat(flag)
                    .contains("[\"new\",100]"));
        }
    }

    @Test
    void whatOthersDidToTheFlagStays() throws Exception {
        try (var harness = writing(null, NOW)) {
            see(harness, FLAG);
            want(harness, 1, 10);
            see(harness, FLAG.replace("\"state\"", "\"$comment\":\"ours\",\"state\""));
            caughtUp(harness, NOW);

            assertThat(written(harness).get(0)).contains("ours");
        }
    }

    @Test
    void aFlagThatIsGoneOrUnfitIsNotWritten() throws Exception {
        try (var harness = writing(null, NOW)) {
            see(harness, FLAG);
            want(harness, 1, 10);
            see(harness, null);
            caughtUp(harness, NOW);
            assertThat(written(harness)).isEmpty();

            see(harness, FLAG.replace("\"old\"}", "\"old\",\"targeting\":{\"var\":\"x\"}}"));
            want(harness, 2, 20);
            caughtUp(harness, NOW + 10_000);
            assertThat(written(harness)).isEmpty();
            see(harness, FLAG);
            caughtUp(harness, NOW + 20_000);
            assertThat(written(harness)).as("once it fits again").hasSize(1);
        }
    }
}
