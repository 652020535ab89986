package io.millrace.local.platform;

import io.millrace.testing.flink.RestSecret;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/** The cluster's configuration, by Flink's own keys: what an operator would write into config.yaml. */
final class FlinkSettings {

    private FlinkSettings() {}

    static Configuration of(PlatformOptions options, DataDirectory data, Path temporary, int slots) {
        Configuration flink = new Configuration();
        flink.setString("jobmanager.rpc.address", "localhost");
        flink.setString("jobmanager.bind-host", "localhost");
        flink.setString("taskmanager.host", "localhost");
        flink.setString("taskmanager.bind-host", "localhost");
        flink.setString("rest.address", "localhost");
        flink.setString("rest.bind-address", "localhost");
        flink.setString("rest.port", Integer.toString(options.webPort()));
        flink.setString("rest.bind-port", Integer.toString(options.webPort()));
        // Jobs come in by the REST API, which the door keeps for whoever has the secret. The dashboard has none: no
        // buttons.
        flink.setString("web.submit.enable", "true");
        flink.setString("web.cancel.enable", "false");
        flink.setString("web.rescale.enable", "false");
        flink.setString(
                RestSecret.SETTING,
                options.dataDirectory().resolve(JobSecrets.REST_SECRET).toString());
        flink.setString("web.access-control-allow-origin", "http://localhost:" + options.webPort());
        flink.setString("web.upload.dir", temporary.resolve("jars").toString());
        flink.setString("web.tmpdir", temporary.toString());
        flink.setString("web.log.path", data.log().toString());
        flink.setString("taskmanager.log.path", data.log().toString());
        flink.setString("web.refresh-interval", "1000");
        flink.setString("io.tmp.dirs", temporary.toString());

        // So that the dashboard, status and jobs show numbers of now; asked for only while somebody looks.
        flink.setString("metrics.fetcher.update-interval", "1 s");
        // The reporter knows no address to bind to: it listens on all.
        flink.setString("metrics.reporters", "prometheus");
        flink.setString(
                "metrics.reporter.prometheus.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        flink.setString("metrics.reporter.prometheus.port", Integer.toString(options.metricsPort()));

        flink.setString("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        flink.setString("taskmanager.memory.managed.size", 64 * slots + "m");
        flink.setString("taskmanager.memory.network.min", "64m");
        flink.setString("taskmanager.memory.network.max", "64m");
        flink.setString("taskmanager.network.memory.buffer-debloat.enabled", "true");
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
        flink.setString("execution.checkpointing.timeout", "2 min");
        flink.setString("execution.checkpointing.tolerable-failed-checkpoints", "10");
        flink.setString("execution.checkpointing.num-retained", "3");
        flink.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");

        flink.setString("restart-strategy.type", "exponential-delay");
        flink.setString("restart-strategy.exponential-delay.initial-backoff", "500 ms");
        flink.setString("restart-strategy.exponential-delay.max-backoff", "10 s");
        return flink;
    }
}
