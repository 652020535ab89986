package io.millrace.connectors.kafka;

import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM. */
final class TestCluster implements AutoCloseable {
    private static final int SLOTS = 8;

    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private final MiniCluster cluster;

    private TestCluster() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        metrics.addToConfiguration(configuration);
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        cluster.start();
    }

    static TestCluster start() throws Exception {
        return new TestCluster();
    }

    /** An environment for one job, with the settings all jobs have. */
    static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(720);
        // Checkpoints are taken when a test asks for one.
        env.enableCheckpointing(3_600_000);
        return env;
    }

    /** @param savepoint null to start without one */
    JobID submit(StreamExecutionEnvironment env, String savepoint) throws Exception {
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        return cluster.submitJob(graph).get().getJobID();
    }

    String stopWithSavepoint(JobID job, Path directory) throws Exception {
        return cluster.stopWithSavepoint(job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get();
    }

    void checkpoint(JobID job) throws Exception {
        cluster.triggerCheckpoint(job).get();
    }

    void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
    }

    /** Ends what a failed test left running, which would take the slots from others. */
    void cancelAll() throws Exception {
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                cancel(job.getJobId());
            }
        }
    }

    /** The value of the first gauge of the job whose name contains this; null when there is none. */
    Object gauge(JobID job, String name) {
        return metrics.findMetric(job, name)
                .map(metric -> ((Gauge<?>) metric).getValue())
                .orElse(null);
    }

    /** The sum of the job's counters of that name. */
    long counters(JobID job, String name) {
        return metrics.findMetrics(job, name).values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
