package io.millrace.local.cli;

import io.millrace.local.conversation.Conversations;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.ConversationView.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List conversations, those that began last first.")
final class ConversationListCommand implements Callable<Integer> {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only those in one of these states: ${COMPLETION-CANDIDATES}.")
    private List<Phase> states;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many; default: ${DEFAULT-VALUE}.")
    private int max;

    @Option(names = "--json", description = "Print a JSON array of the views.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<ConversationView> found = Conversations.read(kafka.connect(), tenant.name()).latestFirst().stream()
                .filter(view -> states == null || states.contains(view.state()))
                .toList();
        List<ConversationView> shown = found.stream().limit(Math.max(0, max)).toList();
        Terminal terminal = Terminal.ofProcess(System.out);
        if (json) {
            terminal.println(shown.stream()
                    .map(view -> new String(view.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        if (shown.isEmpty()) {
            terminal.println("there is no such conversation; ./millrace chat begins one");
            return 0;
        }
        ConversationText.table(shown, Instant.now()).forEach(terminal::println);
        if (shown.size() < found.size()) {
            terminal.println("… and " + Figures.count(found.size() - shown.size()) + " more; --max shows them");
        }
        return 0;
    }
}
