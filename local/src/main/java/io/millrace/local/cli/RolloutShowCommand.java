package io.millrace.local.cli;

import io.millrace.local.rollout.Rollouts;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a roll-out: its steps, the evidence and how near it is, and what it did.")
final class RolloutShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Of the roll-out, or of its flag.")
    private String name;

    @Option(names = "--json", description = "Print its status as JSON.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        List<RolloutStatus> all = Rollouts.statuses(connection);
        RolloutStatus status = all.stream()
                .filter(each -> each.rollout().equals(name) || each.flag().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no roll-out '" + name + "'; there are: "
                        + (all.isEmpty()
                                ? "none"
                                : all.stream().map(RolloutStatus::rollout).collect(Collectors.joining(", ")))));
        if (json) {
            System.out.println(new String(status.toJson(), StandardCharsets.UTF_8));
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        terminal.println(terminal.bold(VisibleText.of(status.rollout() + "  flag " + status.flag())));
        RolloutText.details(status, terminal.isInteractive()).forEach(terminal::println);
        RolloutText.events(Rollouts.events(connection, status.rollout())).forEach(terminal::println);
        return 0;
    }
}
