package io.millrace.chaos.workflow;

import io.millrace.chaos.workload.Report;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the topics until what {@link RunChecks} finds is clean, else for a while. */
final class RunJudge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Timers fire that much later at the latest while the job is up, and what follows is on its way. */
    private static final Duration SETTLE = Duration.ofMillis(1_500);

    private final TopicProbe probe;
    private final String tenant;

    /** @param tenant whose runs are judged; null for all */
    RunJudge(String bootstrapServers, List<TopicSpec> topics, String tenant) {
        this.probe = new TopicProbe(bootstrapServers, topics);
        this.tenant = tenant;
    }

    /** Looks until all is clean, else for a while. @return the first clean report, else the last one */
    Report judge() {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Instant read = Instant.now();
            List<String> outputs = new ArrayList<>(WorkflowWorkload.TOLD);
            WorkflowWorkload.INPUTS.forEach(topic -> outputs.add(topic + Topics.DEAD_LETTER_SUFFIX));
            probe.readToEnd(outputs);
            // After what follows from it: so that all of that is known.
            probe.readToEnd(WorkflowWorkload.INPUTS);
            Report report = new RunChecks(probe::read, tenant)
                    .report(read.minus(SETTLE).toEpochMilli(), System.currentTimeMillis());
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
