package io.millrace.bench;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.tasks.TasksJob;
import io.millrace.testing.kafka.KafkaBroker;
import io.millrace.testing.kafka.TopicAdmin;
import io.millrace.testing.kafka.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "tasks", description = "The tasks job beside a job that only copies the same topic.")
final class TasksBench extends Benchmark {
    private static final String EVENTS = "task-events";
    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

    private static final int LATENCY_SECONDS = 30;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Events in the topic; default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each contestant runs; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parallelism; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of Flink's for all contestants.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Builds a job that writes one record to {@code output} for each event. */
    private interface Contestant {
        void define(StreamExecutionEnvironment env, String output);
    }

    @Override
    Report measure() throws Exception {
        Path directory = Files.createTempDirectory("millrace-bench");
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
                TopicMeter meter = new TopicMeter(broker.bootstrapServers())) {
            topics.ensureTaskTopics(PARTITIONS);
            System.err.printf(Locale.ROOT, "publishing %,d events …%n", events);
            TaskEvents.publish(broker.bootstrapServers(), EVENTS, events, 1);
            Contestant copy =
                    (env, output) -> CopyJob.define(env, broker.bootstrapServers(), EVENTS, output, "group-" + output);
            Contestant tasks = (env, output) -> TasksJob.define(env, new String[] {
                "--kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--kafka.group-id",
                "group-" + output,
                "--topics.task-updates",
                output
            });
            List<TopicMeter.Growth> copied = new ArrayList<>();
            List<TopicMeter.Growth> decided = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                copied.add(measure(topics, meter, directory, "copy-" + round, copy));
                decided.add(measure(topics, meter, directory, "tasks-" + round, tasks));
                System.err.printf(
                        Locale.ROOT,
                        "round %d: copy %,.0f/s, tasks %,.0f/s%n",
                        round,
                        copied.get(round - 1).perSecond(),
                        decided.get(round - 1).perSecond());
            }
            Report report = new Report("tasks");
            report.figure("copy_records_per_second", each(copied, TopicMeter.Growth::perSecond));
            report.figure("tasks_records_per_second", each(decided, TopicMeter.Growth::perSecond));
            report.figure("copy_cpu_ns_per_record", each(copied, growth -> growth.cpuMicros() * 1000));
            report.figure("tasks_cpu_ns_per_record", each(decided, growth -> growth.cpuMicros() * 1000));
            report.ratio("tasks_vs_copy", ratios(decided, copied, TopicMeter.Growth::perSecond));
            report.ratio("tasks_vs_copy_cpu", ratios(copied, decided, TopicMeter.Growth::cpuMicros));
            latency(broker, topics, meter, directory, median(decided) / 4, report);
            return report;
        } finally {
            delete(directory);
        }
    }

    private static double median(List<TopicMeter.Growth> rounds) {
        return rounds.stream()
                .mapToDouble(TopicMeter.Growth::perSecond)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** From an event to its view while events come at a steady rate; the first third is warm-up. */
    private void latency(
            KafkaBroker broker, TopicAdmin topics, TopicMeter meter, Path directory, double perSecond, Report report)
            throws Exception {
        String input = "paced-events";
        String output = "paced-updates";
        topics.ensure(List.of(TopicSpec.logAppended(input, PARTITIONS), TopicSpec.logAppended(output, PARTITIONS)));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(slots, configuration(directory.resolve(output)));
        JobEnvironment.prepare(env);
        TasksJob.define(env, new String[] {
            "--kafka.bootstrap-servers",
            broker.bootstrapServers(),
            "--kafka.group-id",
            "group-" + output,
            "--topics.task-events",
            input,
            "--topics.task-updates",
            output
        });
        int count = (int) (perSecond * LATENCY_SECONDS);
        System.err.printf(Locale.ROOT, "publishing %,.0f events a second for %d s …%n", perSecond, LATENCY_SECONDS);
        JobClient job = env.executeAsync(output);
        try {
            TaskEvents.publish(broker.bootstrapServers(), input, count, 2, perSecond);
            meter.await(output, PARTITIONS, count, LIMIT);
        } finally {
            job.cancel().get();
        }
        long[] latencies = LatencyMeter.ofViews(broker.bootstrapServers(), output, PARTITIONS, count);
        report.figure("latency_at_records_per_second", List.of(perSecond));
        report.figure("latency_p50_ms", List.of((double) latencies[latencies.length / 2]));
        report.figure("latency_p99_ms", List.of((double) latencies[(int) (latencies.length * 0.99)]));
        report.figure("latency_p999_ms", List.of((double) latencies[(int) (latencies.length * 0.999)]));
    }

    private static List<Double> each(List<TopicMeter.Growth> rounds, ToDoubleFunction<TopicMeter.Growth> figure) {
        return rounds.stream().map(figure::applyAsDouble).toList();
    }

    private static List<Double> ratios(
            List<TopicMeter.Growth> of, List<TopicMeter.Growth> to, ToDoubleFunction<TopicMeter.Growth> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            ratios.add(figure.applyAsDouble(of.get(i)) / figure.applyAsDouble(to.get(i)));
        }
        return ratios;
    }

    private TopicMeter.Growth measure(
            TopicAdmin topics, TopicMeter meter, Path directory, String output, Contestant contestant)
            throws Exception {
        topics.ensure(List.of(TopicSpec.logAppended(output, PARTITIONS)));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(slots, configuration(directory.resolve(output)));
        JobEnvironment.prepare(env);
        contestant.define(env, output);
        JobClient job = env.executeAsync(output);
        try {
            return meter.measure(output, PARTITIONS, events, LIMIT);
        } finally {
            job.cancel().get();
        }
    }

    private Configuration configuration(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512L * slots));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        settings.forEach(configuration::setString);
        return configuration;
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
