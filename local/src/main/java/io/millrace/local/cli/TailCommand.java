package io.millrace.local.cli;

import io.millrace.local.topic.TopicTail;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "tail", description = "Print the records of a topic as JSON lines, as they come.")
final class TailCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC", description = "reminders, task-updates, task-events, task-events-dlq, …")
    private String topic;

    @Option(names = "--from-beginning", description = "Also what is there already.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "Stop after N records.")
    private Long max;

    @Option(
            names = "--keys",
            description = "An object per record with its key, partition, offset, timestamp and value.")
    private boolean keys;

    @Option(names = "--headers", description = "The same with its headers.")
    private boolean headers;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop after that time, whatever has come.")
    private Double timeout;

    @Mixin
    private KafkaOption kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (max != null && max < 0) {
            throw new ParameterException(spec.commandLine(), "--max must not be negative, is " + max);
        }
        if (timeout != null && timeout < 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must not be negative, is " + timeout);
        }
        Duration limit = timeout == null ? null : Duration.ofMillis((long) (timeout * 1000));
        TopicTail.print(
                kafka.connect(),
                topic,
                new TopicTail.Options(fromBeginning, max == null ? Long.MAX_VALUE : max, keys, headers, limit),
                System.out);
        return 0;
    }
}
