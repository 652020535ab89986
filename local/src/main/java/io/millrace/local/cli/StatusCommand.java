package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicException;
import io.millrace.local.topic.TopicOverview;
import io.millrace.local.topic.TopicOverview.TopicSize;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show at a glance whether Kafka, Flink and the jobs are well. Exit status 1 when they are not.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private KafkaOption kafka;

    @Mixin
    private FlinkOption flink;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    /** What could be found out; a message in place of what could not. */
    private static final class Findings {
        private String kafkaProblem;
        private List<TopicSize> topics = List.of();
        private String flinkProblem;
        private String flinkVersion;
        private List<JobReport> jobs = List.of();

        boolean isWell() {
            return kafkaProblem == null && flinkProblem == null && jobs.stream().allMatch(JobReport::isWell);
        }
    }

    @Override
    public Integer call() {
        FlinkRest client = flink.client();
        Findings found = new Findings();
        try {
            KafkaConnection connection = kafka.connect();
            try (TopicOverview topics = new TopicOverview(connection)) {
                found.topics = topics.sizes();
                askFlink(client, topics, found);
            }
        } catch (TopicException e) {
            found.kafkaProblem = e.getMessage();
            askFlink(client, null, found);
        }
        if (json) {
            System.out.println(json(found, client));
        } else {
            print(found, client, Terminal.ofProcess(System.out));
        }
        return found.isWell() ? 0 : 1;
    }

    private static void askFlink(FlinkRest client, TopicOverview topics, Findings found) {
        try {
            found.flinkVersion = client.version();
            found.jobs = JobReport.all(client, topics);
        } catch (FlinkRestException e) {
            found.flinkProblem = e.getMessage();
        }
    }

    private ObjectNode json(Findings found, FlinkRest client) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("well", found.isWell());
        ObjectNode broker = out.putObject("kafka");
        broker.put("address", kafka.address()).put("reachable", found.kafkaProblem == null);
        broker.put("problem", found.kafkaProblem);
        ArrayNode topics = broker.putArray("topics");
        found.topics.forEach(topic -> topics.addObject()
                .put("topic", topic.topic())
                .put("partitions", topic.partitions())
                .put("records", topic.records()));
        ObjectNode cluster = out.putObject("flink");
        cluster.put("address", client.address().toString()).put("reachable", found.flinkProblem == null);
        cluster.put("problem", found.flinkProblem).put("version", found.flinkVersion);
        ArrayNode jobs = out.putArray("jobs");
        found.jobs.forEach(job -> jobs.add(job.json()));
        return out;
    }

    private void print(Findings found, FlinkRest client, Terminal terminal) {
        String up = terminal.green("reachable");
        if (found.kafkaProblem == null) {
            terminal.println(terminal.bold("Kafka") + "  " + kafka.address() + "  " + up);
            Table table = new Table().row("topic", "partitions", "records");
            found.topics.forEach(topic ->
                    table.row(topic.topic(), Integer.toString(topic.partitions()), Figures.count(topic.records())));
            table.lines().forEach(terminal::println);
        } else {
            terminal.println(terminal.bold("Kafka") + "  " + terminal.red(found.kafkaProblem));
        }
        if (found.flinkProblem == null) {
            terminal.println(
                    terminal.bold("Flink") + "  " + client.address() + "  " + up + ", version " + found.flinkVersion);
            JobReport.table(found.jobs).forEach(terminal::println);
        } else {
            terminal.println(terminal.bold("Flink") + "  " + terminal.red(found.flinkProblem));
        }
    }
}
