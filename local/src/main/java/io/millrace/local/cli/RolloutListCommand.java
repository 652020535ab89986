package io.millrace.local.cli;

import io.millrace.local.rollout.Rollouts;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.rollout.RolloutStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the roll-outs, where they are and what they wait for.")
final class RolloutListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print a JSON array of the statuses.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<RolloutStatus> statuses = Rollouts.statuses(kafka.connect());
        if (json) {
            System.out.println(statuses.stream()
                    .map(status -> new String(status.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        RolloutText.overview(statuses).forEach(terminal::println);
        if (statuses.isEmpty()) {
            terminal.println("there is no roll-out; ./millrace rollout apply FILE defines some");
        }
        return 0;
    }
}
