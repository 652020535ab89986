package io.millrace.local.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicScan;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was said in a conversation, with tokens for personal data. Replies are in the clear where they are delivered, for
 * their customer alone: what one says is taken from the run that it follows from.
 */
public final class Transcript {
    /** In the order in which they are read: runs before what follows from them. */
    private static final List<String> TOPICS =
            List.of(Topics.CONVERSATION_INBOX, Topics.CONVERSATION_REPLIES, Topics.ESCALATIONS);

    private static final String GONE = "(the run that said it is not on " + Topics.CONVERSATION_INBOX + ")";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String tenant;
    private final String conversationId;
    private final Set<UUID> seen = new HashSet<>();
    private final Map<UUID, String> said = new HashMap<>();

    public Transcript(String tenant, String conversationId) {
        this.tenant = tenant;
        this.conversationId = conversationId;
    }

    /** Reads what there is, in the order of the log. */
    public List<Entry> read(KafkaConnection kafka) {
        List<Entry> entries = new ArrayList<>();
        TopicScan.read(
                kafka, TOPICS, Conversations.LIMIT, record -> take(record).ifPresent(entries::add));
        // Stable: what is of one instant stays in the order in which one follows from the other.
        entries.sort(Comparator.comparing(Entry::at));
        return entries;
    }

    /** What a record says of the conversation; empty when it is of another one, came before, or is no such event. */
    public Optional<Entry> take(ConsumerRecord<byte[], byte[]> record) {
        SourceRecord source = SourceRecords.of(record);
        Instant at = Instant.ofEpochMilli(record.timestamp());
        try {
            switch (record.topic()) {
                case Topics.CONVERSATION_INBOX -> {
                    ConversationInput input = ConversationInput.read(source);
                    if (isNew(input.conversationId(), input.envelope())) {
                        remember(input);
                        return Optional.of(new Entry.Came(at, input));
                    }
                }
                case Topics.CONVERSATION_REPLIES -> {
                    ConversationReply reply = ConversationReply.read(source);
                    if (isNew(reply.conversationId(), reply.envelope())) {
                        return Optional.of(new Entry.Told(at, reply.withText(textOf(reply))));
                    }
                }
                case Topics.ESCALATIONS -> {
                    ConversationEscalated escalation = ConversationEscalated.read(source);
                    if (isNew(escalation.conversationId(), escalation.envelope())) {
                        return Optional.of(new Entry.Asked(at, escalation));
                    }
                }
                default -> {}
            }
        } catch (RejectedEventException e) {
            // The job has it as a dead letter, if it is one of its topics.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isNew(String id, Envelope envelope) {
        return id.equals(conversationId) && envelope.tenant().equals(tenant) && seen.add(envelope.eventId());
    }

    private void remember(ConversationInput input) {
        if (input instanceof TurnEnded ended) {
            String text = text(ended.output());
            if (text != null) {
                ConversationDecider.repliesOf(tenant, conversationId, ended.runId())
                        .forEach(reply -> said.put(reply, text));
            }
        }
    }

    private String textOf(ConversationReply reply) {
        String text = said.get(reply.envelope().eventId());
        if (text != null) {
            return text;
        }
        // What the platform says in its own words has nothing of the customer's.
        return reply.kind() == Kind.ANSWER ? GONE : reply.text();
    }

    private static String text(String output) {
        try {
            JsonNode text = output == null ? null : JSON.readTree(output).path("text");
            return text == null || !text.isTextual() || text.asText().isBlank() ? null : text.asText();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
