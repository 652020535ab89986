package io.millrace.chaos.workload;

import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topics of a job until what its checks find is clean, else for a while. */
public final class LogJudge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Timers fire that much later at the latest while the job is up, and what follows is on its way. */
    private static final Duration SETTLE = Duration.ofMillis(1_500);

    private final TopicProbe probe;
    private final List<String> outputs;
    private final List<String> inputs;
    private final Checks checks;

    /** What is looked for. */
    @FunctionalInterface
    public interface Checks {
        /**
         * @param topics records of a topic, each partition's in order
         * @param until what was due by then has to be there, milliseconds since the epoch
         * @param now what may be there follows from the log until then
         */
        Report report(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, long until, long now);
    }

    /**
     * @param outputs what follows from the inputs
     * @param inputs are read after the outputs, so that all is known that those follow from
     */
    public LogJudge(
            String bootstrapServers, List<TopicSpec> topics, List<String> outputs, List<String> inputs, Checks checks) {
        this.probe = new TopicProbe(bootstrapServers, topics);
        this.outputs = outputs;
        this.inputs = inputs;
        this.checks = checks;
    }

    /** Looks until all is clean, else for a while. @return the first clean report, else the last one */
    public Report judge() {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Instant read = Instant.now();
            probe.readToEnd(outputs);
            probe.readToEnd(inputs);
            Report report = checks.report(probe::read, read.minus(SETTLE).toEpochMilli(), System.currentTimeMillis());
            if (report.isClean() || read.isAfter(end)) {
                return report;
            }
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
