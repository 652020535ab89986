package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.kafka.SourceObserver.Kind;
import io.millrace.connectors.kafka.SourceObserver.Seen;
import io.millrace.connectors.kafka.TestTopic.Transaction;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The source on a real broker, seen from the task after it. No test runs into {@link #MAX_HOLD}: what is idle in time has
 * caught up.
 */
class CatchUpSourceITCase extends BrokerAndCluster {
    private static final Duration IDLE_AFTER = Duration.ofMillis(300);
    private static final Duration MAX_HOLD = Duration.ofMinutes(10);

    @TempDir
    Path savepoints;

    private final String group = "group-" + UUID.randomUUID();
    private String run;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void theBacklogIsReadBeforeTheSourceIsIdle(int parallelism) throws Exception {
        TestTopic topic = new TestTopic(broker);
        for (int i = 0; i < 20; i++) {
            topic.write(200, Transaction.NONE);
        }

        JobID job = submit(broker, topic, parallelism, null);

        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        assertThat(records(SourceObserver.beforeIdle(run))).isEqualTo(4000);
        assertNoRecordIsBehindAWatermark();
        assertThat(cluster.gauge(job, "pendingRecords")).isEqualTo(0L);
        cluster.cancel(job);
    }

    @Test
    void aSourceThatHasCaughtUpStaysIdleWhenRecordsCome() throws Exception {
        TestTopic topic = new TestTopic(broker);
        JobID job = submit(broker, topic, 2, null);
        Await.until("the empty topic to be idle", () -> SourceObserver.isIdle(run));

        topic.write(100, Transaction.NONE);

        Await.until("the records", () -> SourceObserver.records(run) == 100);
        assertThat(SourceObserver.seen(run)).extracting(Seen::kind).doesNotContain(Kind.ACTIVE, Kind.WATERMARK);
        cluster.cancel(job);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transaction.class,
            names = {"COMMITTED", "ABORTED"})
    void aLogThatEndsInMarkersIsReadToItsLastRecord(Transaction tail) throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(100, Transaction.COMMITTED);
        topic.write(100, tail);
        topic.write(400, Transaction.ABORTED);

        JobID job = submit(broker, topic, 2, null);

        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        assertThat(records(SourceObserver.beforeIdle(run))).isEqualTo(tail == Transaction.COMMITTED ? 200 : 100);
        cluster.cancel(job);
    }

    @Test
    void aPartitionThatEndsInMarkersIsNotWaitedForWhileAnotherHasTraffic() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(TestTopic.PARTITIONS, Transaction.COMMITTED);
        JobID job = submit(broker, topic, 1, null);

        // One record at a time, all to partition 0.
        Await.until("the source to be idle", () -> {
            topic.write(1, Transaction.NONE);
            return SourceObserver.isIdle(run);
        });

        cluster.cancel(job);
    }

    @Test
    void aRestoredSourceReadsWhatCameMeanwhileBeforeItIsIdle() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(200, Transaction.COMMITTED);
        JobID first = submit(broker, topic, 2, null);
        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        String savepoint = cluster.stopWithSavepoint(first, savepoints);
        topic.write(300, Transaction.COMMITTED);

        JobID second = submit(broker, topic, 3, savepoint);

        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        assertThat(records(SourceObserver.beforeIdle(run))).isEqualTo(300);
        assertNoRecordIsBehindAWatermark();

        // And with nothing new, it is idle at once
        String again = cluster.stopWithSavepoint(second, savepoints);
        JobID third = submit(broker, topic, 2, again);
        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        assertThat(SourceObserver.records(run)).isZero();
        cluster.cancel(third);
    }

    @Test
    void aGroupThatHasReadAllIsIdleWithoutReading() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(100, Transaction.NONE);
        JobID first = submit(broker, topic, 2, null);
        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        cluster.checkpoint(first);
        Await.until("the offsets to be committed", () -> topic.committed(group) == 100);
        cluster.cancel(first);

        JobID second = submit(broker, topic, 2, null);

        Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
        assertThat(SourceObserver.records(run)).isZero();
        cluster.cancel(second);
    }

    @Test
    void aBrokerThatIsDownAtTheStartIsWaitedFor(@TempDir Path data) throws Exception {
        int port;
        TestTopic topic;
        try (KafkaBroker own = KafkaBroker.at(data).start()) {
            port = own.port();
            topic = new TestTopic(own);
            topic.write(100, Transaction.NONE);
        }
        JobID job = submit("localhost:" + port, topic, 6, null);

        Await.never(
                "the source is idle, and the broker is down",
                IDLE_AFTER.multipliedBy(8),
                () -> SourceObserver.isIdle(run));

        try (KafkaBroker own = KafkaBroker.at(data).port(port).start()) {
            Await.until("the source to be idle", () -> SourceObserver.isIdle(run));
            assertThat(records(SourceObserver.beforeIdle(run))).isEqualTo(100);
            cluster.cancel(job);
        }
    }

    private JobID submit(KafkaBroker broker, TestTopic topic, int parallelism, String savepoint) throws Exception {
        return submit(broker.bootstrapServers(), topic, parallelism, savepoint);
    }

    private JobID submit(String bootstrapServers, TestTopic topic, int parallelism, String savepoint) throws Exception {
        run = "run-" + UUID.randomUUID();
        StreamExecutionEnvironment env = TestCluster.environment(parallelism);
        env.fromSource(
                        new KafkaConnection(bootstrapServers, new Properties())
                                .source(topic.name, group, IDLE_AFTER, MAX_HOLD),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
                .transform("observer", TypeInformation.of(SourceRecord.class), new SourceObserver(run))
                .uid("observer")
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return cluster.submit(env, savepoint);
    }

    private static long records(List<Seen> seen) {
        return seen.stream().filter(one -> one.kind() == Kind.RECORD).count();
    }

    private void assertNoRecordIsBehindAWatermark() {
        long watermark = Long.MIN_VALUE;
        for (Seen seen : SourceObserver.beforeIdle(run)) {
            if (seen.kind() == Kind.WATERMARK) {
                assertThat(seen.time()).isGreaterThan(watermark);
                watermark = seen.time();
            } else {
                assertThat(seen.time()).isGreaterThanOrEqualTo(watermark);
            }
        }
    }
}
