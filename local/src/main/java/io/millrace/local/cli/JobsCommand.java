package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.local.topic.TopicException;
import io.millrace.local.topic.TopicOverview;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "jobs",
        description =
                "Show every job: state, restarts, last checkpoint, records still to be read (lag). Exit status 1 when one does not run.")
final class JobsCommand implements Callable<Integer> {

    @Mixin
    private KafkaOption kafka;

    @Mixin
    private FlinkOption flink;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        List<JobReport> reports = reports();
        if (json) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> out.add(report.json()));
            System.out.println(out);
        } else {
            JobReport.table(reports).forEach(System.out::println);
        }
        return reports.stream().allMatch(JobReport::isWell) ? 0 : 1;
    }

    /** Without lag when Kafka is not there: the jobs are what was asked for. */
    private List<JobReport> reports() {
        TopicOverview topics = null;
        try {
            topics = new TopicOverview(kafka.connect());
        } catch (TopicException e) {
            System.err.println("millrace: no lag: " + e.getMessage());
        }
        try (TopicOverview closed = topics) {
            return JobReport.all(flink.client(), closed);
        }
    }
}
