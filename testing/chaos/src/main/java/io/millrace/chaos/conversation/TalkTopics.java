package io.millrace.chaos.conversation;

import io.millrace.operations.kafka.TopicSpec;
import io.millrace.operators.conversation.TurnEnds;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The topics of conversations, and who reads them. */
final class TalkTopics {
    static final List<String> INPUTS =
            List.of(Topics.CONVERSATION_EVENTS, Topics.CONVERSATION_INBOX, Topics.WORKFLOW_RUNS);
    static final List<String> TOLD = List.of(
            Topics.WORKFLOW_COMMANDS, Topics.CONVERSATION_REPLIES, Topics.CONVERSATION_UPDATES, Topics.ESCALATIONS);
    static final List<String> OUTPUTS = Stream.concat(
                    TOLD.stream(), INPUTS.stream().map(topic -> topic + Topics.DEAD_LETTER_SUFFIX))
            .toList();
    static final Map<String, EventReader<?>> READERS = Map.of(
            Topics.CONVERSATION_EVENTS, ConversationEvent::read,
            Topics.CONVERSATION_INBOX, ConversationInput::read,
            Topics.WORKFLOW_RUNS, TurnEnds::read);

    private static final Map<String, String> FOR_A_DAY = Map.of("retention.ms", "86400000", "segment.ms", "14400000");

    private TalkTopics() {}

    static List<TopicSpec> of(int partitions) {
        return List.of(
                TopicSpec.logAppended(Topics.CONVERSATION_EVENTS, partitions).with(FOR_A_DAY),
                TopicSpec.logAppended(Topics.CONVERSATION_INBOX, partitions),
                compacted(Topics.WORKFLOW_RUNS, partitions),
                compacted(Topics.CONVERSATION_KEYS, partitions)
                        .with(Map.of(
                                "delete.retention.ms",
                                "86400000",
                                "max.compaction.lag.ms",
                                "900000",
                                "segment.ms",
                                "600000")),
                TopicSpec.logAppended(Topics.CONVERSATION_REPLIES, partitions).with(FOR_A_DAY),
                compacted(Topics.CONVERSATION_UPDATES, partitions),
                TopicSpec.logAppended(Topics.ESCALATIONS, partitions),
                TopicSpec.logAppended(Topics.WORKFLOW_COMMANDS, partitions),
                TopicSpec.deadLetters(Topics.CONVERSATION_EVENTS_DLQ, partitions)
                        .with(FOR_A_DAY),
                TopicSpec.deadLetters(Topics.CONVERSATION_INBOX_DLQ, partitions),
                TopicSpec.deadLetters(Topics.WORKFLOW_RUNS_DLQ, partitions));
    }

    private static TopicSpec compacted(String topic, int partitions) {
        return TopicSpec.logAppended(topic, partitions).with("cleanup.policy", "compact");
    }
}
