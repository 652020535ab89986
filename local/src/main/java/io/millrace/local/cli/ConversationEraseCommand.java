package io.millrace.local.cli;

import io.millrace.local.conversation.ClearText;
import io.millrace.local.conversation.ConversationLine;
import io.millrace.local.conversation.Conversations;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = {
            "Forget a customer in all conversations, and wait until those in which the customer is known are erased.",
            "There is no way back. Says what remains where, and for how long; see docs/pii.md.",
            "With --purge what lies in the clear on the topics of messages and replies is taken away too, of all customers, as far as every "
                    + "consumer group has read it."
        })
final class ConversationEraseCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Of the topics as the platform makes them, and of docs/pii.md. */
    private static final String IN_THE_CLEAR =
            "  conversation-events, conversation-replies and dead letters of the former: in the clear, for a day";

    private static final String PURGED =
            "  what was taken away: on Kafka's disks until a segment of ten minutes ends, with the first message after it, and"
                    + " six minutes more";

    private static final List<String> REMAINS = List.of(
            "  keys of the conversations: gone from every disk of Kafka after about 17 minutes; values sealed with them,"
                    + " in checkpoints and savepoints, are noise then",
            "  conversation-inbox, runs, calls of agents, escalations, the lake: tokens, that nothing leads back from",
            "Copies of topics that you keep elsewhere are yours to erase: docs/pii.md");

    @Parameters(paramLabel = "CUSTOMER", description = "The id of the customer.")
    private String customer;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "For how long to wait; default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(names = "--purge", description = "Take away what lies in the clear, too.")
    private boolean purge;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        CustomerErased erasure = ConversationEvents.checked(
                new CustomerErased(RunEvents.envelope("customer.erased", tenant.name()), customer));
        KafkaConnection connection = kafka.connect();
        Terminal terminal = Terminal.ofProcess(System.out);
        // Listens before it reads: no view that comes in between is missed.
        try (ConversationLine line = new ConversationLine(connection, List.of(Topics.CONVERSATION_UPDATES))) {
            Set<String> waitedFor = Conversations.read(connection, tenant.name()).of(customer).stream()
                    .map(ConversationView::conversationId)
                    .collect(Collectors.toCollection(TreeSet::new));
            int known = waitedFor.size();
            line.tell(erasure);
            await(line, waitedFor, terminal);
            if (!waitedFor.isEmpty()) {
                throw new CommandFailure("not erased within " + wait.toSeconds() + " s: "
                        + String.join(", ", waitedFor) + "; the request stays on " + Topics.CONVERSATION_EVENTS
                        + ". Does the job conversations run? ./millrace jobs tells");
            }
            terminal.println(
                    known == 0
                            ? "no view names this customer; the request is published, and erases what the job knows of"
                                    + " them"
                            : "erased " + Figures.count(known, "conversation"));
        }
        long heldBack = purge ? purge(connection, terminal) : 0;
        terminal.println("What remains, where topics are as the platform makes them:");
        terminal.println(purge && heldBack == 0 ? PURGED : IN_THE_CLEAR);
        REMAINS.forEach(terminal::println);
        return heldBack == 0 ? 0 : 1;
    }

    private long purge(KafkaConnection connection, Terminal terminal) {
        try (ClearText clear = new ClearText(connection)) {
            ClearText.Purged purged = clear.purge(wait);
            terminal.println("taken away " + Figures.count(purged.records(), "record")
                    + " in the clear, of this customer and of others");
            if (purged.heldBack() > 0) {
                System.err.println("millrace: " + Figures.count(purged.heldBack(), "record")
                        + " could not be taken away, as not read yet by "
                        + VisibleText.of(String.join(", ", purged.by())) + "; do it again once that has caught up");
            }
            return purged.heldBack();
        }
    }

    private void await(ConversationLine line, Set<String> waitedFor, Terminal terminal) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!waitedFor.isEmpty() && System.nanoTime() < deadline) {
            line.hear(LOOK, record -> Conversations.viewOf(tenant.name(), record)
                    .filter(view -> view.state() == Phase.ERASED && waitedFor.remove(view.conversationId()))
                    .ifPresent(view -> terminal.println("erased " + VisibleText.of(view.conversationId()))));
        }
    }
}
