package io.millrace.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.Position.Obstacle;
import io.millrace.logic.rollout.RolloutFigures;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.operators.metric.ByName;
import io.millrace.operators.metric.RegisteredMetrics;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is measured of roll-outs, and that a restart does not forget it. */
class TellRolloutsTest {
    private static final int MAX_PARALLELISM = 720;
    private static final long HOUR = 3_600_000;

    /** One subtask of so many. */
    private static final class Subtask implements AutoCloseable {
        private final RegisteredMetrics metrics = new RegisteredMetrics();
        private final OneInputStreamOperatorTestHarness<RolloutNews, OutboundRecord> harness;

        Subtask(int index, int parallelism, OperatorSubtaskState from) throws Exception {
            harness = new OneInputStreamOperatorTestHarness<>(
                    new ProcessOperator<>(new TellRollouts()),
                    new MockEnvironmentBuilder()
                            .setMetricGroup(metrics.group())
                            .setMaxParallelism(MAX_PARALLELISM)
                            .setParallelism(parallelism)
                            .setSubtaskIndex(index)
                            .build());
            if (from != null) {
                harness.initializeState(from);
            }
            harness.open();
        }

        void take(RolloutNews news) throws Exception {
            harness.processElement(new StreamRecord<>(news));
        }

        long gauge(String name, String flag) {
            return metrics.gauge(name + "{flag=" + flag + "}");
        }

        long takenBack(String flag) {
            return metrics.count(RolloutMetrics.TAKEN_BACK + "{flag=" + flag + "}");
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    private static Envelope envelope(String type) {
        return new Envelope(new UUID(1, 2), type, Instant.EPOCH, Envelope.DEFAULT_TENANT, null, null);
    }

    private static RolloutNews silent(String flag, long since) {
        RolloutStatus status = new RolloutStatus(
                envelope("rollout.status"),
                flag + "-v2",
                flag,
                RolloutPhase.RUNNING,
                25,
                1,
                List.of(25, 100),
                1,
                Instant.EPOCH,
                null,
                null,
                false,
                true,
                List.of(),
                List.of());
        RolloutFigures figures =
                new RolloutFigures(flag, RolloutPhase.RUNNING, 25, 0.4, Obstacle.NO_SIGNAL, since, since, since, true);
        return new RolloutNews(flag, null, status, null, figures);
    }

    private static RolloutNews rolledBack(String flag, UUID cause) {
        RolloutEvent event = new RolloutEvent(
                envelope("rollout.event"),
                flag + "-v2",
                flag,
                3,
                RolloutEvent.Kind.ROLLED_BACK,
                RolloutPhase.ROLLED_BACK,
                0,
                5,
                1,
                2,
                2,
                "errors",
                null,
                cause,
                List.of());
        return new RolloutNews(flag, event, null, null, null);
    }

    @Test
    void whatIsMeasuredOfARollOutStandsUnderItsFlag() throws Exception {
        try (Subtask one = new Subtask(0, 1, null)) {
            one.take(silent("checkout", System.currentTimeMillis() - HOUR));

            assertThat(one.gauge(RolloutMetrics.PERCENT, "checkout")).isEqualTo(25);
            assertThat(one.gauge(RolloutMetrics.PHASE, "checkout")).isEqualTo(1);
            assertThat(one.gauge(RolloutMetrics.WAITS_FOR, "checkout")).isEqualTo(6);
            assertThat(one.gauge(RolloutMetrics.SAMPLE_RATIO_OFF, "checkout")).isEqualTo(1);
            for (String age : List.of(RolloutMetrics.WAITS_MS, RolloutMetrics.SILENT_MS, RolloutMetrics.UNWRITTEN_MS)) {
                assertThat(one.gauge(age, "checkout")).isGreaterThanOrEqualTo(HOUR);
            }

            one.take(new RolloutNews("checkout", null, null, null, null));
            assertThat(one.gauge(RolloutMetrics.PHASE, "checkout")).isEqualTo(-1);
            assertThat(one.gauge(RolloutMetrics.SILENT_MS, "checkout")).isZero();
        }
    }

    @Test
    void onlyWhatIsTakenBackByItselfCountsAsSuch() throws Exception {
        try (Subtask one = new Subtask(0, 1, null)) {
            one.take(rolledBack("checkout", new UUID(4, 4)));
            assertThat(one.takenBack("checkout")).isZero();

            one.take(rolledBack("checkout", null));
            assertThat(one.takenBack("checkout")).isEqualTo(1);
        }
    }

    @Test
    void whoeverInventsFlagsDoesNotInventMetrics() throws Exception {
        try (Subtask one = new Subtask(0, 1, null)) {
            for (int flag = 0; flag < ByName.MAX_NAMES + 10; flag++) {
                one.take(silent("f" + flag, 1));
                one.take(rolledBack("f" + flag, null));
            }

            assertThat(one.takenBack(ByName.OTHERS)).isEqualTo(10);
        }
    }

    @Test
    void afterARestartItIsThereOnceWhateverTheParallelism() throws Exception {
        OperatorSubtaskState state;
        try (Subtask one = new Subtask(0, 1, null)) {
            for (int flag = 0; flag < 20; flag++) {
                one.take(silent("f" + flag, 1));
            }
            state = one.harness.snapshot(1, 1);
        }
        try (Subtask first = new Subtask(0, 2, state);
                Subtask second = new Subtask(1, 2, state)) {
            for (int flag = 0; flag < 20; flag++) {
                String gauge = RolloutMetrics.PERCENT + "{flag=f" + flag + "}";
                assertThat(first.metrics.has(gauge)).as("one of both has it").isNotEqualTo(second.metrics.has(gauge));
                assertThat((first.metrics.has(gauge) ? first : second).metrics.gauge(gauge))
                        .isEqualTo(25);
            }
        }
    }
}
