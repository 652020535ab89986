package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.DeadLetterReplay;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Put the dead letters of a topic back to it, after a fix: those of task-events-dlq to task-events.",
            "Letters that say they came from another topic are left alone, until --to names it.",
            "What has been put back is remembered in a consumer group and not put back again."
        })
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC-dlq", description = "task-events-dlq, …")
    private String topic;

    @Option(
            names = "--only",
            paramLabel = "CODE",
            description = "Only those with this error code, such as unknown_type.")
    private String only;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            description = "Put back those that say they came from this topic, instead.")
    private String to;

    @Option(names = "--dry-run", description = "Say what would be put back.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the counts as a JSON object.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!topic.endsWith(Topics.DEAD_LETTER_SUFFIX)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + topic + "' holds no dead letters: their topics end with " + Topics.DEAD_LETTER_SUFFIX);
        }
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).toList();
        if (only != null && !codes.contains(only)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + only + "' is no error code; there are " + String.join(", ", codes));
        }
        String own = topic.substring(0, topic.length() - Topics.DEAD_LETTER_SUFFIX.length());
        String target = to == null ? own : to;
        DeadLetterReplay.Result result = new DeadLetterReplay(kafka.connect(), topic, target, only, dryRun).run();
        if (json) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            out.put("topic", topic).put("to", target).put("dry_run", dryRun).put("replayed", result.replayed());
            result.replayedByCode().forEach(out.putObject("by_code")::put);
            out.put("without_source", result.withoutSource()).put("of_other_topics", result.ofOtherTopics());
            System.out.println(out);
            return 0;
        }
        System.out.println((dryRun ? "would put back " : "put back ") + Figures.count(result.replayed(), "record")
                + " of " + topic + " to " + target);
        result.replayedByCode()
                .forEach((code, count) -> System.out.println("  " + VisibleText.of(code) + " " + Figures.count(count)));
        if (result.withoutSource() > 0) {
            System.out.println("left alone " + Figures.count(result.withoutSource())
                    + " that are not whole, or do not say where they came from");
        }
        if (result.ofOtherTopics() > 0) {
            System.out.println("left alone " + Figures.count(result.ofOtherTopics())
                    + " that say they came from another topic than " + target
                    + "; look at them with ./millrace tail " + topic
                    + " --from-beginning --headers, and put those of a topic back with --to TOPIC");
        }
        return 0;
    }
}
