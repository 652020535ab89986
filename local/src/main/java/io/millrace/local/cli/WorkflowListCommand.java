package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List runs, those that were started last first.")
final class WorkflowListCommand implements Callable<Integer> {

    @Mixin
    private RunFilter filter = new RunFilter();

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many; default: ${DEFAULT-VALUE}.")
    private int max;

    @Option(names = "--json", description = "Print a JSON array of the runs.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<WorkflowRun> found = Runs.read(kafka.connect(), tenant.name()).latestFirst().stream()
                .filter(run -> filter.takes(run, EnumSet.allOf(RunStatus.class)))
                .toList();
        List<WorkflowRun> shown = found.stream().limit(Math.max(0, max)).toList();
        if (json) {
            System.out.println(shown.stream()
                    .map(run -> new String(run.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        if (shown.isEmpty()) {
            terminal.println("there is no such run; ./millrace workflow start NAME starts one");
            return 0;
        }
        RunText.table(shown, Instant.now()).forEach(terminal::println);
        if (shown.size() < found.size()) {
            terminal.println("… and " + Figures.count(found.size() - shown.size()) + " more; --max shows them");
        }
        return 0;
    }
}
