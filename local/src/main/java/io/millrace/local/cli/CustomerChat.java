package io.millrace.local.cli;

import io.millrace.local.conversation.AwaitedReply;
import io.millrace.local.conversation.ConversationLine;
import io.millrace.local.conversation.Conversations;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The customer's side: writes, and hears replies and what persons write, in the clear. */
final class CustomerChat implements Chat {
    private static final String CHANNEL = "chat";

    private final String tenant;
    private final String conversationId;
    private final String customerId;
    private final Terminal terminal;
    private final Set<UUID> seen = new HashSet<>();
    private AwaitedReply awaited = new AwaitedReply(null);

    /** @param customerId null when it is not known who writes */
    CustomerChat(String tenant, String conversationId, String customerId, Terminal terminal) {
        this.tenant = tenant;
        this.conversationId = conversationId;
        this.customerId = customerId;
        this.terminal = terminal;
        message("?");
    }

    private MessageReceived message(String text) {
        return ConversationEvents.checked(new MessageReceived(
                RunEvents.envelope("message.received", tenant), conversationId, customerId, CHANNEL, text, List.of()));
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.CONVERSATION_REPLIES, Topics.CONVERSATION_EVENTS, Topics.CONVERSATION_UPDATES);
    }

    @Override
    public void begin(KafkaConnection kafka) {
        awaited = new AwaitedReply(
                Conversations.read(kafka, tenant).find(conversationId).orElse(null));
        terminal.println("conversation " + VisibleText.of(conversationId));
    }

    @Override
    public void say(String text, ConversationLine line) {
        line.tell(message(text));
        awaited.sent();
    }

    @Override
    public void heard(ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (record.topic()) {
                case Topics.CONVERSATION_REPLIES -> {
                    ConversationReply reply = ConversationReply.read(SourceRecords.of(record));
                    if (isNew(reply.conversationId(), reply.envelope())) {
                        awaited.replied(reply);
                        ConversationText.reply(reply, terminal).forEach(terminal::println);
                    }
                }
                case Topics.CONVERSATION_EVENTS -> {
                    ConversationEvent event = ConversationEvent.read(SourceRecords.of(record));
                    if (event instanceof MessageSent sent && isNew(sent.conversationId(), sent.envelope())) {
                        awaited.personWrote();
                        ConversationText.said(terminal.bold(VisibleText.of(sent.by())), sent.text())
                                .forEach(terminal::println);
                    }
                }
                default ->
                    Conversations.viewOf(tenant, record)
                            .filter(view -> view.conversationId().equals(conversationId))
                            .ifPresent(awaited::shown);
            }
        } catch (RejectedEventException e) {
            // The job has it as a dead letter; nobody said anything.
            return;
        }
    }

    /** Sent twice after a crash, it is one. */
    private boolean isNew(String id, Envelope envelope) {
        return conversationId.equals(id) && envelope.tenant().equals(tenant) && seen.add(envelope.eventId());
    }

    @Override
    public boolean isOver() {
        return awaited.isOver();
    }

    @Override
    public String whyNot() {
        return awaited.whyNot(conversationId);
    }
}
