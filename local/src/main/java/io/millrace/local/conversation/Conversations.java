package io.millrace.local.conversation;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The conversations of a tenant, as they were told last. */
public final class Conversations {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, ConversationView> byId = new HashMap<>();

    Conversations() {}

    /** Reads the views of conversations to their end. */
    public static Conversations read(KafkaConnection kafka, String tenant) {
        Conversations read = new Conversations();
        TopicScan.read(kafka, List.of(Topics.CONVERSATION_UPDATES), LIMIT, record -> viewOf(tenant, record)
                .ifPresent(read::add));
        return read;
    }

    /** A conversation that was forgotten begins anew, with the first version: of two beginnings the later one counts. */
    void add(ConversationView view) {
        byId.merge(view.conversationId(), view, (known, other) -> isLater(other, known) ? other : known);
    }

    static boolean isLater(ConversationView view, ConversationView known) {
        int begun = view.startedAt().compareTo(known.startedAt());
        return begun > 0 || begun == 0 && view.version() >= known.version();
    }

    /** The view that a record is, if it is one of the tenant. */
    public static Optional<ConversationView> viewOf(String tenant, ConsumerRecord<byte[], byte[]> record) {
        try {
            ConversationView view = ConversationView.read(SourceRecords.of(record));
            return view.envelope().tenant().equals(tenant) ? Optional.of(view) : Optional.empty();
        } catch (RejectedEventException e) {
            // Whatever somebody wrote there, it is no view.
            return Optional.empty();
        }
    }

    /** Those that began last come first. */
    public List<ConversationView> latestFirst() {
        return byId.values().stream()
                .sorted(Comparator.comparing(ConversationView::startedAt)
                        .reversed()
                        .thenComparing(ConversationView::conversationId))
                .toList();
    }

    public Optional<ConversationView> find(String conversationId) {
        return Optional.ofNullable(byId.get(conversationId));
    }

    /** Those in which it is known that this customer writes. What is erased names nobody. */
    public List<ConversationView> of(String customerId) {
        return latestFirst().stream()
                .filter(view -> customerId.equals(view.customerId()) && view.state() != Phase.ERASED)
                .toList();
    }
}
