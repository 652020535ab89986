package io.millrace.local.platform;

import io.millrace.local.door.LoopbackMetricsFactory;
import io.millrace.local.door.RestDoorFactory;
import io.millrace.local.door.RestToken;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** The cluster's configuration, by Flink's own keys: what an operator would write into config.yaml. */
final class FlinkSettings {
    /**
     * What no dashboard and no alert asks for, as {@code scope:names} of Flink's filter: most of what Kafka's clients
     * measure of themselves, times of each split, and rates that follow from counters. It is two thirds of all there is,
     * and a page of 12 MB takes a small machine a second each time that it is asked for.
     */
    private static final String UNWATCHED = String.join(
            ";",
            "*.KafkaProducer:batch-*,buffer*,commit-*,compression-*,connection-close-*,connection-creation-*,count,failed-*,flush-*,"
                    + "incoming-*,io-*,iotime-*,metadata-*,network-*,outgoing-*,produce-*,reauthentication-*,record-error-*,record-queue-*,"
                    + "record-retry-rate,record-send-*,record-size-*,records-*,request-latency-max,request-rate,request-size-*,"
                    + "request-total,requests-*,response-*,select-*,start-*,successful-*,txn-*,version,waiting-*",
            "*.KafkaConsumer:assigned-*,bytes-consumed-total,commit*,connection-close-*,connection-creation-*,count,failed-*,fetch-*,"
                    + "heartbeat-*,incoming-*,io-*,iotime-*,join-*,last-*,network-*,outgoing-*,partition-*,poll-*,reauthentication-*,"
                    + "rebalance-*,records-*,request-*,response-*,select-*,start-*,successful-*,sync-*,time-*,version",
            "*.split.watermark:*",
            "taskmanager.job.task.Shuffle*:*",
            "taskmanager.job.task.operator:num*PerSecond,numBytes*",
            "taskmanager.job.task:num*PerSecond,numBytes*,numBuffers*,mailbox*,accumulate*,*oftBackPressure*,*ardBackPressure*,changelog*");

    private FlinkSettings() {}

    /** @param token the file that {@link RestToken} wrote */
    static Configuration of(
            PlatformOptions options, DataDirectory data, Path temporary, Path token, int slots, List<LocalJob> jobs) {
        Configuration flink = new Configuration();
        flink.setString(LocalJobs.SETTING, jobs.stream().map(LocalJob::name).collect(Collectors.joining(",")));
        flink.setString("jobmanager.rpc.address", "localhost");
        flink.setString("jobmanager.bind-host", "localhost");
        flink.setString("taskmanager.host", "localhost");
        flink.setString("taskmanager.bind-host", "localhost");
        flink.setString("rest.address", "localhost");
        flink.setString("rest.bind-address", "localhost");
        flink.setString("rest.port", Integer.toString(options.webPort()));
        flink.setString("rest.bind-port", Integer.toString(options.webPort()));
        // Whoever submits runs any code: the door lets only the owner of the data directory do that.
        flink.setString("web.submit.enable", "true");
        flink.setString(RestDoorFactory.FILE_SETTING, token.toString());
        // What the dashboard shows of these would be refused.
        flink.setString("web.cancel.enable", "false");
        flink.setString("web.rescale.enable", "false");
        flink.setString("web.access-control-allow-origin", "http://localhost:" + options.webPort());
        flink.setString("web.upload.dir", temporary.resolve("jars").toString());
        flink.setString("web.tmpdir", temporary.toString());
        flink.setString("web.log.path", data.log().toString());
        flink.setString("taskmanager.log.path", data.log().toString());
        flink.setString("web.refresh-interval", "1000");
        flink.setString("io.tmp.dirs", temporary.toString());

        // So that the dashboard, status and jobs show numbers of now. All metrics are fetched for whoever asks for one.
        flink.setString("metrics.fetcher.update-interval", "10 s");
        flink.setString("metrics.reporters", "prometheus");
        flink.setString("metrics.reporter.prometheus.factory.class", LoopbackMetricsFactory.class.getName());
        flink.setString("metrics.reporter.prometheus.port", Integer.toString(options.metricsPort()));
        flink.setString("metrics.reporter.prometheus.filter.excludes", UNWATCHED);

        // All is one process: a TaskManager that is late with its heartbeat is busy, and nobody would start another
        // one.
        flink.setString("heartbeat.timeout", "10 min");
        flink.setString("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        flink.setString("taskmanager.memory.managed.size", 64 * slots + "m");
        flink.setString("taskmanager.memory.network.min", "64m");
        flink.setString("taskmanager.memory.network.max", "64m");
        flink.setString("taskmanager.network.memory.buffer-debloat.enabled", "true");
        // A timer of each task, of which there are more than a hundred.
        flink.setString("taskmanager.network.memory.buffer-debloat.period", "2 s");
        // Frequent restarts of tasks would otherwise wait for the default of three minutes.
        flink.setString("task.cancellation.timeout", "30000");

        flink.setString("parallelism.default", Integer.toString(options.parallelism()));

        flink.setString("state.backend.type", "rocksdb");
        flink.setString("execution.checkpointing.storage", "filesystem");
        flink.setString("execution.checkpointing.incremental", "true");
        flink.setString(
                "execution.checkpointing.dir", data.checkpoints().toUri().toString());
        flink.setString(
                "execution.checkpointing.savepoint-dir",
                data.savepoints().toUri().toString());
        flink.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        flink.setString(
                "execution.checkpointing.interval", options.checkpointInterval().toMillis() + " ms");
        flink.setString("execution.checkpointing.min-pause", "500 ms");
        flink.setString("execution.checkpointing.timeout", "5 min");
        flink.setString("execution.checkpointing.tolerable-failed-checkpoints", "10");
        flink.setString("execution.checkpointing.num-retained", "3");
        flink.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");

        // Each record goes on at once, without a thread for each task that looks whether there is something to send
        // on: dozens of them take more of a small machine than what they send.
        flink.setString("execution.buffer-timeout.interval", "0 ms");
        // Two copies of SQLite in one process undo each other's file locks: all class loaders share the platform's.
        flink.setString("classloader.parent-first-patterns.additional", "org.sqlite.");
        flink.setString("restart-strategy.type", "exponential-delay");
        flink.setString("restart-strategy.exponential-delay.initial-backoff", "500 ms");
        flink.setString("restart-strategy.exponential-delay.max-backoff", "10 s");
        return flink;
    }
}
