package io.millrace.local.cli;

import io.millrace.local.conversation.Conversations;
import io.millrace.local.conversation.Entry;
import io.millrace.local.conversation.Transcript;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "Show how a conversation is and what was said, with tokens for personal data; turns with their runs.")
final class ConversationShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Which one.")
    private String conversation;

    @Option(names = "--json", description = "Print one JSON object: the view and the transcript.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        ConversationView view = Conversations.read(connection, tenant.name())
                .find(conversation)
                .orElseThrow(() -> new CommandFailure("nothing is known of a conversation '" + conversation
                        + "'; ./millrace conversation list shows those that there are"));
        List<Entry> entries = new Transcript(tenant.name(), conversation).read(connection);
        Terminal terminal = Terminal.ofProcess(System.out);
        if (json) {
            terminal.println(VisibleText.of(json(view, entries)));
        } else {
            ConversationText.show(view, entries, Instant.now(), terminal).forEach(terminal::println);
        }
        return 0;
    }

    private static String json(ConversationView view, List<Entry> entries) {
        return "{\"conversation\":" + new String(view.toJson(), StandardCharsets.UTF_8) + ",\"transcript\":"
                + entries.stream()
                        .map(entry -> "{\"at\":\"" + entry.at() + "\",\"event\":"
                                + new String(entry.toJson(), StandardCharsets.UTF_8) + "}")
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }
}
