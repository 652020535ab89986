package io.millrace.operators.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskSettings;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.wire.OutboundRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.function.SupplierWithException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster, records and barriers pass a subtask while it releases a backlog of reminders. */
@Timeout(180)
class BarrierBetweenSlicesITCase {
    private static final int REMINDERS = 200_000;
    /** Less than a slice of the backlog takes. */
    private static final long LOOK_EVERY_MILLIS = 5;

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private JobID job;

    @TempDir
    Path checkpoints;

    @Test
    void aRecordAndABarrierPassBeforeAllIsReleased() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        metrics.addToConfiguration(configuration);
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build())) {
            cluster.start();
            BacklogFeeder.oneMore = false;
            job = cluster.submitJob(graph().getStreamGraph().getJobGraph())
                    .get()
                    .getJobID();

            // Given that some of the reminders were released
            until(() -> accepted() == REMINDERS && pending() < REMINDERS);

            // When a record comes
            BacklogFeeder.oneMore = true;
            until(() -> accepted() == REMINDERS + 1);

            // Then it was not behind the last of them
            assertThat(pending()).isGreaterThan(1);

            // And neither was a barrier
            cluster.triggerCheckpoint(job).get();
            assertThat(pending()).isGreaterThan(1);

            // And all are released in the end
            until(() -> pending() == 1);
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get();
        }
    }

    private StreamExecutionEnvironment graph() {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(3_600_000);
        env.fromSource(new NumberSequenceSource(0, Long.MAX_VALUE), WatermarkStrategy.noWatermarks(), "numbers")
                .setParallelism(1)
                .transform("feeder", CodecTypeInfo.by(IncomingTaskCodec.class), new BacklogFeeder(REMINDERS))
                .setParallelism(1)
                .keyBy(task -> SeriesKey.encoded(task.event()), Types.STRING)
                .transform(
                        "tasks",
                        TypeInformation.of(OutboundRecord.class),
                        new TasksOperator(TaskSettings.DEFAULTS, FOR_EVER, Duration.ofMinutes(1)))
                .sinkTo(new DiscardingSink<>());
        return env;
    }

    private long accepted() {
        return sum(TaskMetrics.ACCEPTED, metric -> ((Counter) metric).getCount());
    }

    private long pending() {
        return sum(TaskMetrics.PENDING_REMINDERS, metric -> (Long) ((Gauge<?>) metric).getValue());
    }

    private long sum(String name, ToLongFunction<Metric> value) {
        return metrics.findMetrics(job, name).values().stream().mapToLong(value).sum();
    }

    private static void until(SupplierWithException<Boolean, Exception> condition) throws Exception {
        CommonTestUtils.waitUntilCondition(condition, LOOK_EVERY_MILLIS);
    }
}
