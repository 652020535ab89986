package io.millrace.chaos.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.conversation.ConversationCommand;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.logic.conversation.ConversationSettings;
import io.millrace.logic.conversation.ConversationState;
import io.millrace.logic.decision.Replay;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.ReplayAudit;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What has to be on the topics of conversations, by the log of their inboxes alone. Replies have tokens. */
final class TalkReplay {
    private final Map<Key, Told> told = new LinkedHashMap<>();

    /** @param eventId of a record on that topic */
    record Key(String topic, String eventId) {}

    /** @param at log time of what it was decided about, or the time of the timer; milliseconds since the epoch */
    record Told(JsonNode json, long at) {}

    private TalkReplay() {}

    /**
     * @param inbox its records, each partition's in order
     * @param until wakes all conversations up to then, milliseconds since the epoch
     */
    static Map<Key, Told> of(List<ConsumerRecord<byte[], byte[]>> inbox, ConversationSettings settings, long until) {
        TalkReplay all = new TalkReplay();
        Replay<ConversationState, ConversationInput, ConversationCommand> replay =
                new Replay<>(new ConversationDecider(settings), (command, read) -> all.take(command));
        inbox.stream()
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .forEach(record -> {
                    try {
                        ConversationInput input = ConversationInput.read(ReplayAudit.source(record));
                        replay.decide(ConversationDecider.key(input), input, record.timestamp());
                    } catch (RejectedEventException e) {
                        // A dead letter, which is judged as such.
                        return;
                    }
                });
        replay.until(until);
        return all.told;
    }

    private void take(ConversationCommand command) {
        if (command instanceof ConversationCommand.Tell tell) {
            add(Topics.CONVERSATION_REPLIES, tell.reply().toJson());
        } else if (command instanceof ConversationCommand.Run run) {
            add(Topics.WORKFLOW_COMMANDS, run.command().toJson());
        } else if (command instanceof ConversationCommand.Escalate escalate) {
            add(Topics.ESCALATIONS, escalate.escalation().toJson());
        } else if (command instanceof ConversationCommand.Show show) {
            add(Topics.CONVERSATION_UPDATES, show.view().toJson());
        }
    }

    private void add(String topic, byte[] value) {
        JsonNode json = Talk.json(value);
        long at = Instant.parse(json.path("occurred_at").asText()).toEpochMilli();
        told.putIfAbsent(new Key(topic, json.path("event_id").asText()), new Told(json, at));
    }
}
