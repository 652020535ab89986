package io.millrace.bench;

import io.millrace.bench.meter.DiskUsage;
import io.millrace.contestants.ContestantProcess;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Where contestants run: a broker, in a process of its own, and a process for each contestant, which stays from its
 * first run to its last, so that its code is compiled when it is measured. Only one runs at a time.
 */
final class Arena implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String BROKER_HEAP = "1g";

    private final Path directory;
    private final int slots;
    private final Map<String, String> flinkSettings;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private final TopicAdmin topics;
    private final TopicMeter meter;
    private final Map<Competitor, ChildJvm> competitors = new EnumMap<>(Competitor.class);

    /**
     * @param slots the parallelism of contestants
     * @param flinkSettings for the jobs of Flink
     */
    Arena(int slots, Map<String, String> flinkSettings) throws IOException {
        this.slots = slots;
        this.flinkSettings = flinkSettings;
        directory = Files.createTempDirectory("millrace-bench");
        broker = ChildJvm.start(
                "broker",
                System.getProperty("java.class.path"),
                BROKER_HEAP,
                BrokerProcess.class.getName(),
                List.of(directory.resolve("kafka").toString()));
        bootstrapServers = broker.answer();
        topics = new TopicAdmin(bootstrapServers);
        topics.ensureTaskTopics(PARTITIONS);
        meter = new TopicMeter(bootstrapServers, PARTITIONS);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    void makeTopic(String name) {
        topics.ensure(List.of(TopicSpec.logAppended(name, PARTITIONS)));
    }

    void deleteTopic(String name) throws Exception {
        meter.delete(name);
    }

    /** A run of one contestant; it ends when this is closed, and leaves its output. */
    final class Run implements AutoCloseable {
        private final ChildJvm process;
        private final String output;
        private final Path state;

        Run(Competitor competitor, String input, String output) throws IOException {
            this.output = output;
            this.process = process(competitor);
            this.state = Files.createDirectory(directory.resolve(output));
            makeTopic(output);
            process.ask(ContestantProcess.START + " " + input + " " + output + " " + state, ContestantProcess.STARTED);
        }

        /** Measures until all records are there. CPU time is that of contestant and broker. */
        TopicMeter.Growth measure(long expected, DoubleConsumer progress) throws Exception {
            return meter.measure(output, expected, LIMIT, () -> process.cpuNanos() + broker.cpuNanos(), progress);
        }

        void await(long expected, DoubleConsumer progress) throws Exception {
            meter.await(output, expected, LIMIT, share -> {
                process.requireAlive();
                progress.accept(share);
            });
        }

        /** @throws IllegalStateException when there is not exactly one record for each that was expected */
        void verify(long expected) throws Exception {
            long written = meter.size(output);
            long deadLetters = meter.size(Topics.TASK_EVENTS_DLQ);
            long reminders = meter.size(Topics.REMINDERS);
            if (written != expected || deadLetters > 0 || reminders > 0) {
                throw new IllegalStateException(String.format(
                        "%s is invalid: it wrote %,d records where %,d belong, %,d dead letters and %,d reminders",
                        output, written, expected, deadLetters, reminders));
            }
        }

        @Override
        public void close() throws IOException {
            process.ask(ContestantProcess.STOP, ContestantProcess.STOPPED);
            DiskUsage.delete(state);
        }
    }

    private ChildJvm process(Competitor competitor) throws IOException {
        ChildJvm process = competitors.get(competitor);
        if (process == null) {
            process = competitor.start(bootstrapServers, slots, flinkSettings);
            competitors.put(competitor, process);
        }
        return process;
    }

    @Override
    public void close() throws IOException {
        competitors.values().forEach(ChildJvm::close);
        meter.close();
        topics.close();
        broker.close();
        DiskUsage.delete(directory);
    }
}
