package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.LineSource;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        description = {
            "Check JSON lines by the rules of their topic, then publish them: all, or none if one is wrong.",
            "What is wrong is said on standard error as FILE:LINE: message (code)."
        })
final class PublishCommand implements Callable<Integer> {

    /** And where events go instead. */
    private static final Map<String, String> WRITTEN_BY_JOBS = Map.ofEntries(
            Map.entry(Topics.REMINDERS, Topics.TASK_EVENTS),
            Map.entry(Topics.TASK_UPDATES, Topics.TASK_EVENTS),
            Map.entry(Topics.TASK_EVENTS_DLQ, Topics.TASK_EVENTS),
            Map.entry(Topics.TASK_UPDATES_DLQ, Topics.TASK_EVENTS),
            Map.entry(Topics.DIGESTS, Topics.TASK_EVENTS),
            Map.entry(Topics.CONVERSATION_INBOX, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.CONVERSATION_REPLIES, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.CONVERSATION_UPDATES, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.CONVERSATION_KEYS, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.CONVERSATION_EVENTS_DLQ, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.CONVERSATION_INBOX_DLQ, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.ESCALATIONS, Topics.CONVERSATION_EVENTS),
            Map.entry(Topics.LAG_SAMPLES, Topics.SLO_DEFINITIONS),
            Map.entry(Topics.SLO_ALERTS, Topics.SLO_DEFINITIONS),
            Map.entry(Topics.SLO_STATUS, Topics.SLO_DEFINITIONS),
            Map.entry(Topics.AGENT_RESULTS, Topics.AGENT_CALLS),
            Map.entry(Topics.AGENT_OUTCOMES, Topics.AGENT_CALLS),
            Map.entry(Topics.AGENT_CALLS_DLQ, Topics.AGENT_CALLS),
            Map.entry(Topics.AGENT_OUTCOMES_DLQ, Topics.AGENT_CALLS),
            Map.entry(Topics.AGENT_REGISTRY_DLQ, Topics.AGENT_REGISTRY),
            Map.entry(Topics.WORKFLOW_INBOX, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_EVENTS, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_RUNS, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_EMITTED, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.APPROVAL_REQUESTS, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_COMMANDS_DLQ, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_INBOX_DLQ, Topics.WORKFLOW_COMMANDS),
            Map.entry(Topics.WORKFLOW_DEFINITIONS_DLQ, Topics.WORKFLOW_DEFINITIONS),
            Map.entry(Topics.APPROVAL_DECISIONS_DLQ, Topics.APPROVAL_DECISIONS));

    private static final int PROBLEMS_SHOWN = 100;

    @Parameters(index = "0", paramLabel = "TOPIC")
    private String topic;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Default: -, standard input.")
    private String file;

    @Option(
            names = "--key-field",
            paramLabel = "FIELD",
            description = "The field whose value is the record's key; default: as the topic has it, else user_id.")
    private String keyField;

    @Option(names = "--valid-only", description = "Publish the valid lines even if others are not.")
    private boolean validOnly;

    @Option(names = "--json", description = "Print the counts as a JSON object.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        if (WRITTEN_BY_JOBS.containsKey(topic)) {
            throw new CommandFailure(topic + " is written by a job; events go to " + WRITTEN_BY_JOBS.get(topic));
        }
        if (Files.isDirectory(Path.of(file))) {
            throw new CommandFailure(file + " is a directory; name a file with an event per line");
        }
        TopicPublisher publisher = new TopicPublisher(kafka.connect(), topic, keyField);
        long[] shown = {0};
        TopicPublisher.Result result;
        boolean interrupted;
        try (PublishSignal signal = PublishSignal.install();
                LineSource lines =
                        file.equals("-") ? LineSource.spool(System.in, "stdin") : LineSource.of(Path.of(file))) {
            result = publisher.publish(
                    lines,
                    validOnly,
                    problem -> {
                        if (++shown[0] <= PROBLEMS_SHOWN) {
                            System.err.println(VisibleText.of(problem.replace("(line 1, column ", "(column ")));
                        }
                    },
                    signal::goesOn);
            interrupted = signal.isReceived();
        }
        if (shown[0] > PROBLEMS_SHOWN) {
            System.err.println("… and " + Figures.count(shown[0] - PROBLEMS_SHOWN) + " more invalid lines");
        }
        if (interrupted) {
            System.err.println("millrace: interrupted: published " + Figures.count(result.published()) + " of "
                    + Figures.count(result.valid(), "record") + " to " + topic);
            return PublishSignal.STATUS;
        }
        report(result);
        return result.invalid() > 0 && !validOnly ? 1 : 0;
    }

    private void report(TopicPublisher.Result result) {
        if (json) {
            System.out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("topic", topic)
                    .put("published", result.published())
                    .put("invalid", result.invalid()));
            return;
        }
        if (result.invalid() > 0 && !validOnly) {
            System.err.println("millrace: nothing published: " + Figures.count(result.invalid(), "line") + " of "
                    + Figures.count(result.valid() + result.invalid())
                    + " invalid; --valid-only publishes the others");
            return;
        }
        System.out.println("published " + Figures.count(result.published(), "record") + " to " + topic
                + (result.invalid() > 0 ? ", left out " + Figures.count(result.invalid(), "line") : ""));
    }
}
