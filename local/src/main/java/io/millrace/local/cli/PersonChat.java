package io.millrace.local.cli;

import io.millrace.local.conversation.ConversationLine;
import io.millrace.local.conversation.Entry;
import io.millrace.local.conversation.Transcript;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The side of a person who answers: sees what was said, with tokens for personal data, and takes over. */
final class PersonChat implements Chat {
    private static final String TAKE = "/take";
    private static final String RELEASE = "/release";
    private static final String CLOSE = "/close";

    private final String tenant;
    private final String conversationId;
    private final String person;
    private final Terminal terminal;
    private final Transcript transcript;
    private final Set<UUID> own = new HashSet<>();

    PersonChat(String tenant, String conversationId, String person, Terminal terminal) {
        this.tenant = tenant;
        this.conversationId = conversationId;
        this.person = person;
        this.terminal = terminal;
        this.transcript = new Transcript(tenant, conversationId);
        event(TAKE);
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.CONVERSATION_INBOX, Topics.CONVERSATION_REPLIES, Topics.ESCALATIONS);
    }

    @Override
    public void begin(KafkaConnection kafka) {
        terminal.println("conversation " + VisibleText.of(conversationId)
                + "; what you write goes to the customer, and " + TAKE + ", " + RELEASE + ", " + CLOSE + " do so");
        transcript.read(kafka).forEach(this::print);
    }

    @Override
    public void say(String text, ConversationLine line) {
        ConversationEvent event = event(text);
        own.add(event.envelope().eventId());
        line.tell(event);
    }

    private ConversationEvent event(String text) {
        if (!text.startsWith("/")) {
            return ConversationEvents.checked(new MessageSent(envelope("message.sent"), conversationId, person, text));
        }
        String command = text.split(" ", 2)[0];
        String rest = text.substring(command.length()).strip();
        if (command.equals(CLOSE)) {
            return ConversationEvents.checked(new ConversationClosed(
                    envelope("conversation.closed"), conversationId, rest.isEmpty() ? null : rest));
        }
        if (rest.isEmpty() && command.equals(TAKE)) {
            return ConversationEvents.checked(
                    new ConversationAssigned(envelope("conversation.assigned"), conversationId, person));
        }
        if (rest.isEmpty() && command.equals(RELEASE)) {
            return ConversationEvents.checked(
                    new ConversationReleased(envelope("conversation.released"), conversationId));
        }
        throw new CommandFailure(
                "'" + text + "' was not sent; there are " + TAKE + ", " + RELEASE + " and " + CLOSE + " [REASON]");
    }

    private Envelope envelope(String type) {
        return RunEvents.envelope(type, tenant);
    }

    @Override
    public void heard(ConsumerRecord<byte[], byte[]> record) {
        transcript.take(record).ifPresent(this::print);
    }

    private void print(Entry entry) {
        boolean isOwn = entry instanceof Entry.Came came
                && own.contains(came.input().envelope().eventId());
        if (!isOwn) {
            ConversationText.entry(entry, terminal).forEach(terminal::println);
        }
    }

    /** What was written is published; nobody has to answer it. */
    @Override
    public boolean isOver() {
        return true;
    }

    @Override
    public String whyNot() {
        return "";
    }
}
