package io.millrace.local.cli;

import io.millrace.local.slo.Objectives;
import io.millrace.local.slo.Statuses;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.SloStatus;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the objectives, and what is left of the budget of who does worst.")
final class SloListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print a JSON array of the definitions.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        Collection<SloDefined> objectives = Objectives.read(connection).values();
        if (json) {
            System.out.println(objectives.stream()
                    .map(objective -> new String(objective.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        List<SloStatus> statuses = Statuses.read(connection);
        Terminal terminal = Terminal.ofProcess(System.out);
        SloText.objectives(objectives, statuses).forEach(terminal::println);
        if (objectives.isEmpty()) {
            terminal.println("no objective is defined, so the default counts: at most 1,000 records behind;"
                    + " ./millrace slo apply FILE defines some");
        }
        return 0;
    }
}
