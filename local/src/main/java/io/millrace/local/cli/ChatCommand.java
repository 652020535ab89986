package io.millrace.local.cli;

import io.millrace.local.conversation.ConversationLine;
import io.millrace.local.conversation.TypedLines;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "chat",
        description = {
            "Write to a conversation, a message per line of standard input, and print what is said in it.",
            "As a customer, until the input ends and what was written is answered: exit status 0; 1 when no reply came.",
            "As a person who answers (--as-agent), with /take, /release and /close [REASON] as lines of their own."
        })
final class ChatCommand implements Callable<Integer> {
    /** Between looks at what was typed. */
    private static final Duration LOOK = Duration.ofMillis(200);

    @Option(names = "--conversation", paramLabel = "ID", description = "Which one; default: a new one.")
    private String conversation;

    @Option(names = "--customer", paramLabel = "ID", description = "Who writes; default: it is not known.")
    private String customer;

    @Option(names = "--as-agent", paramLabel = "WHO", description = "Answer the customer, as the person of this id.")
    private String person;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "For how long to wait for the reply after the input has ended; default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (person != null && conversation == null) {
            throw new ParameterException(spec.commandLine(), "--as-agent needs --conversation: which one to answer in");
        }
        if (person != null && customer != null) {
            throw new ParameterException(spec.commandLine(), "--as-agent and --customer exclude each other");
        }
        String id = conversation == null ? "chat-" + UUID.randomUUID() : conversation;
        ConversationEvents.checked(
                new ConversationReleased(RunEvents.envelope("conversation.released", tenant.name()), id));
        Terminal terminal = Terminal.ofProcess(System.out);
        // What is wrong with it is said before Kafka is asked.
        Chat chat = person == null
                ? new CustomerChat(tenant.name(), id, customer, terminal)
                : new PersonChat(tenant.name(), id, person, terminal);
        KafkaConnection connection = kafka.connect();
        try (ConversationLine line = new ConversationLine(connection, chat.topics())) {
            chat.begin(connection);
            return talk(chat, line);
        }
    }

    private int talk(Chat chat, ConversationLine line) {
        TypedLines typed = TypedLines.of(System.in, ConversationInput.MAX_TEXT);
        boolean refused = false;
        while (!typed.isEnded()) {
            Optional<String> text = typed.next();
            while (text.isPresent()) {
                refused |= !say(chat, line, text.get());
                text = typed.next();
            }
            line.hear(LOOK, chat::heard);
        }
        long deadline = System.nanoTime() + wait.toNanos();
        while (!chat.isOver() && System.nanoTime() < deadline) {
            line.hear(LOOK, chat::heard);
        }
        if (!chat.isOver()) {
            throw new CommandFailure("no reply came within " + wait.toSeconds() + " s: " + chat.whyNot());
        }
        return refused ? 1 : 0;
    }

    /** One line that cannot be said is no reason to hang up. */
    private static boolean say(Chat chat, ConversationLine line, String text) {
        try {
            chat.say(text, line);
            return true;
        } catch (CommandFailure e) {
            System.err.println("millrace: " + VisibleText.of(e.getMessage()));
            return false;
        }
    }
}
