package io.millrace.chaos.rollout;

import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.rollout.Plan;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The topics of roll-outs, and who reads them. */
final class RolloutTopics {
    static final List<String> INPUTS = List.of(
            Topics.FLAGS,
            Topics.ROLLOUT_DEFINITIONS,
            Topics.ROLLOUT_COMMANDS,
            Topics.HEALTH_SIGNALS,
            Topics.ROLLOUT_INBOX);
    static final List<String> OUTPUTS = Stream.concat(
                    Stream.of(Topics.ROLLOUT_EVENTS, Topics.ROLLOUT_STATUS),
                    INPUTS.stream().map(RolloutTopics::deadLetters))
            .toList();
    static final Map<String, EventReader<?>> READERS = Map.of(
            Topics.FLAGS, FlagSeen::read,
            Topics.ROLLOUT_DEFINITIONS, RolloutTopics::definition,
            Topics.ROLLOUT_COMMANDS, RolloutCommand::read,
            Topics.HEALTH_SIGNALS, HealthSignal::read,
            Topics.ROLLOUT_INBOX, RolloutInput::read);

    private RolloutTopics() {}

    static String deadLetters(String topic) {
        return topic + Topics.DEAD_LETTER_SUFFIX;
    }

    /** A record without value takes a definition away. */
    private static Object definition(SourceRecord source) throws RejectedEventException {
        return source.value() == null && source.key() != null ? source.key() : Plan.read(source);
    }

    static List<TopicSpec> of(int partitions) {
        List<TopicSpec> all = new ArrayList<>(List.of(
                compacted(Topics.FLAGS, 1),
                compacted(Topics.ROLLOUT_DEFINITIONS, 1),
                compacted(Topics.ROLLOUT_STATUS, partitions),
                TopicSpec.logAppended(Topics.ROLLOUT_COMMANDS, partitions),
                TopicSpec.logAppended(Topics.HEALTH_SIGNALS, partitions),
                TopicSpec.logAppended(Topics.ROLLOUT_INBOX, partitions),
                TopicSpec.logAppended(Topics.ROLLOUT_EVENTS, partitions)));
        INPUTS.forEach(topic -> all.add(TopicSpec.deadLetters(deadLetters(topic), partitions)));
        return List.copyOf(all);
    }

    private static TopicSpec compacted(String topic, int partitions) {
        return TopicSpec.logAppended(topic, partitions).with("cleanup.policy", "compact");
    }
}
