package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.kafka.SourceObserver.Kind;
import io.millrace.connectors.kafka.SourceObserver.Seen;
import io.millrace.connectors.kafka.TestTopic.Transaction;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.testing.Await;
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
 * The source on a real broker, seen from the task after it.
 */
class CatchUpSourceITCase extends BrokerAndCluster {
    private static final Duration MAX_HOLD = Duration.ofMinutes(10);

    @TempDir
    Path savepoints;

    private final String group = "group-" + UUID.randomUUID();
    private String run;
    private long submittedAt;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void theBacklogIsReadBeforeTheSourceIsIdle(int parallelism) throws Exception {
        TestTopic topic = new TestTopic(broker);
        for (int i = 0; i < 20; i++) {
            topic.write(200, Transaction.NONE);
        }

        JobID job = submit(broker, topic, parallelism, null);

        awaitCaughtUp();
        assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt))).isEqualTo(4000);
        assertNoRecordIsBehindAWatermark(topic);
        assertThat(cluster.gauge(job, "pendingRecords")).isEqualTo(0L);
        cluster.cancel(job);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transaction.class,
            names = {"NONE", "COMMITTED"})
    void aSourceThatHasCaughtUpKeepsUp(Transaction transaction) throws Exception {
        TestTopic topic = new TestTopic(broker);
        JobID job = submit(broker, topic, 2, null);
        awaitCaughtUp();

        topic.write(100, transaction);
        long written = System.currentTimeMillis();

        Await.until("what was written to be read", () -> SourceObserver.hasCaughtUp(run, written));
        assertThat(records(SourceObserver.beforeCaughtUp(run, written))).isEqualTo(100);
        assertNoRecordIsBehindAWatermark(topic);
        assertThat(SourceObserver.isIdle(run)).isFalse();
        cluster.cancel(job);
    }

    @Test
    void aSourceThatIsHeldUpDoesNotSayThatItHasRead() throws Exception {
        TestTopic topic = new TestTopic(broker);
        JobID job = submit(broker, topic, 2, null);
        awaitCaughtUp();

        SourceObserver.holdUp(run);
        topic.write(20_000, Transaction.NONE);
        long written = System.currentTimeMillis();
        Await.never(
                "the source has read, though held up",
                Duration.ofSeconds(2),
                () -> SourceObserver.hasCaughtUp(run, written));
        SourceObserver.letGo(run);

        Await.until("what was written to be read", () -> SourceObserver.hasCaughtUp(run, written));
        assertThat(records(SourceObserver.beforeCaughtUp(run, written))).isEqualTo(20_000);
        assertNoRecordIsBehindAWatermark(topic);
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

        awaitCaughtUp();
        assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt)))
                .isEqualTo(tail == Transaction.COMMITTED ? 200 : 100);
        cluster.cancel(job);
    }

    @Test
    void aPartitionThatEndsInMarkersIsNotWaitedForWhileAnotherHasTraffic() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(TestTopic.PARTITIONS, Transaction.COMMITTED);
        JobID job = submit(broker, topic, 1, null);

        // One record at a time, all to partition 0.
        Await.until("the source to have caught up", () -> {
            topic.write(1, Transaction.NONE);
            return SourceObserver.hasCaughtUp(run, submittedAt);
        });

        cluster.cancel(job);
    }

    @Test
    void aRestoredSourceReadsWhatCameMeanwhileBeforeItIsIdle() throws Exception {
        TestTopic topic = new TestTopic(broker);
        String savepoint = savepointAfterReading(topic, 200, Transaction.COMMITTED);
        topic.write(300, Transaction.COMMITTED);

        JobID second = submit(broker, topic, 3, savepoint);

        awaitCaughtUp();
        assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt))).isEqualTo(300);
        assertNoRecordIsBehindAWatermark(topic);

        // And with nothing new, it is idle at once
        String again = cluster.stopWithSavepoint(second, savepoints);
        JobID third = submit(broker, topic, 2, again);
        awaitCaughtUp();
        assertThat(SourceObserver.records(run)).isZero();
        cluster.cancel(third);
    }

    @Test
    void aGroupThatHasReadAllIsIdleWithoutReading() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(100, Transaction.NONE);
        JobID first = submit(broker, topic, 2, null);
        awaitCaughtUp();
        cluster.checkpoint(first);
        Await.until("the offsets to be committed", () -> topic.committed(group) == 100);
        cluster.cancel(first);

        JobID second = submit(broker, topic, 2, null);

        awaitCaughtUp();
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
                "the source says how far it has read, and the broker is down",
                Duration.ofSeconds(2),
                () -> SourceObserver.isIdle(run) || SourceObserver.hasCaughtUp(run, submittedAt));

        try (KafkaBroker own = KafkaBroker.at(data).port(port).start()) {
            awaitCaughtUp();
            assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt))).isEqualTo(100);
            cluster.cancel(job);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void partitionsThatAreAddedAreReadBeforeTheSourceSaysSo(int parallelism) throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(100, Transaction.NONE);
        JobID job = submit(broker, topic, parallelism, null);
        awaitCaughtUp();

        topic.addPartition();
        topic.writeTo(TestTopic.PARTITIONS, 1);
        topic.writeTo(0, 1);
        long written = System.currentTimeMillis();

        Await.until("what was written to be read", () -> SourceObserver.hasCaughtUp(run, written));
        assertThat(records(SourceObserver.beforeCaughtUp(run, written))).isEqualTo(102);
        assertNoRecordIsBehindAWatermark(topic);
        cluster.cancel(job);
    }

    @Test
    void recordsThatWereDeletedUnreadAreCounted() throws Exception {
        TestTopic topic = new TestTopic(broker);
        String savepoint = savepointAfterReading(topic, 40, Transaction.NONE);
        topic.write(40, Transaction.NONE);
        topic.deleteBefore(0, 13);

        JobID second = submit(broker, topic, 2, savepoint);

        awaitCaughtUp();
        assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt))).isEqualTo(37);
        assertThat(lost(second)).isEqualTo(3);
        cluster.cancel(second);
    }

    @Test
    void whatIsDeletedAfterItWasReadIsNotLost() throws Exception {
        TestTopic topic = new TestTopic(broker);
        topic.write(40, Transaction.COMMITTED);
        JobID job = submit(broker, topic, 2, null);
        awaitCaughtUp();

        // The record and the marker after it.
        topic.deleteBefore(0, 11);
        long deleted = System.currentTimeMillis();

        Await.until("the source to have looked again", () -> SourceObserver.hasCaughtUp(run, deleted));
        assertThat(lost(job)).isZero();
        cluster.cancel(job);
    }

    @Test
    void aTopicThatWasMadeAgainIsNoticedAndReadFromItsBeginning() throws Exception {
        TestTopic topic = new TestTopic(broker);
        String savepoint = savepointAfterReading(topic, 40, Transaction.NONE);
        topic.makeAgain();
        topic.write(20, Transaction.NONE);

        JobID second = submit(broker, topic, 2, savepoint);

        awaitCaughtUp();
        assertThat(records(SourceObserver.beforeCaughtUp(run, submittedAt))).isEqualTo(20);
        assertThat(lost(second)).isEqualTo(TestTopic.PARTITIONS);
        cluster.cancel(second);
    }

    private String savepointAfterReading(TestTopic topic, int records, Transaction transaction) throws Exception {
        topic.write(records, transaction);
        JobID job = submit(broker, topic, 2, null);
        awaitCaughtUp();
        assertThat(lost(job)).isZero();
        return cluster.stopWithSavepoint(job, savepoints);
    }

    private static long lost(JobID job) {
        return cluster.counters(job, SourceMetrics.RECORDS_LOST);
    }

    private JobID submit(KafkaBroker broker, TestTopic topic, int parallelism, String savepoint) throws Exception {
        return submit(broker.bootstrapServers(), topic, parallelism, savepoint);
    }

    private JobID submit(String bootstrapServers, TestTopic topic, int parallelism, String savepoint) throws Exception {
        run = "run-" + UUID.randomUUID();
        submittedAt = System.currentTimeMillis();
        StreamExecutionEnvironment env = TestCluster.environment(parallelism);
        env.fromSource(
                        new KafkaConnection(bootstrapServers, new Properties()).source(topic.name, group, MAX_HOLD),
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

    private void awaitCaughtUp() throws Exception {
        Await.until(
                "the source to have caught up",
                () -> "since " + submittedAt + " there was last " + last(SourceObserver.seen(run)),
                () -> SourceObserver.hasCaughtUp(run, submittedAt));
    }

    private static List<Seen> last(List<Seen> seen) {
        return seen.subList(Math.max(0, seen.size() - 20), seen.size());
    }

    private static long records(List<Seen> seen) {
        return seen.stream().filter(one -> one.kind() == Kind.RECORD).count();
    }

    /**
     * What could be read so long before a watermark comes before it. A record can be read a moment after its log time.
     */
    private void assertNoRecordIsBehindAWatermark(TestTopic topic) {
        long watermark = 0;
        for (Seen seen : SourceObserver.seen(run)) {
            if (seen.kind() == Kind.WATERMARK) {
                assertThat(seen.time()).isGreaterThan(watermark);
                watermark = seen.time();
            } else if (seen.kind() == Kind.RECORD) {
                assertThat(topic.readableAt(seen.time()))
                        .as(() -> seen + " of "
                                + SourceObserver.seen(run).stream()
                                        .filter(each -> each.kind() != Kind.RECORD)
                                        .toList())
                        .isGreaterThanOrEqualTo(watermark - LogTime.ALLOWANCE_MILLIS);
            }
        }
    }
}
