package io.millrace.gateway.model;

import io.millrace.schema.wire.Topics;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics of dead letters: those of what jobs read, each with where its letters came from. No others that are named so:
 * who may make a topic must not get records to wherever its name says, as to keys of conversations.
 */
public final class LetterTopics {
    private static final Map<String, String> SOURCES = Stream.of(
                    Topics.TASK_EVENTS,
                    Topics.TASK_UPDATES,
                    Topics.REMINDERS,
                    Topics.AGENT_CALLS,
                    Topics.AGENT_REGISTRY,
                    Topics.AGENT_OUTCOMES,
                    Topics.AGENT_RESULTS,
                    Topics.WORKFLOW_DEFINITIONS,
                    Topics.WORKFLOW_COMMANDS,
                    Topics.WORKFLOW_INBOX,
                    Topics.WORKFLOW_RUNS,
                    Topics.APPROVAL_DECISIONS,
                    Topics.CONVERSATION_EVENTS,
                    Topics.CONVERSATION_INBOX,
                    Topics.CONVERSATION_UPDATES,
                    Topics.LAG_SAMPLES,
                    Topics.SLO_DEFINITIONS,
                    Topics.SLO_ALERTS,
                    Topics.APPROVAL_REQUESTS,
                    Topics.ESCALATIONS,
                    Topics.NOTIFICATION_PREFERENCES,
                    Topics.FLAGS,
                    Topics.ROLLOUT_DEFINITIONS,
                    Topics.ROLLOUT_COMMANDS,
                    Topics.HEALTH_SIGNALS,
                    Topics.ROLLOUT_INBOX)
            .collect(Collectors.toUnmodifiableMap(topic -> topic + Topics.DEAD_LETTER_SUFFIX, Function.identity()));

    private LetterTopics() {}

    static Set<String> all() {
        return SOURCES.keySet();
    }

    /** The topic that letters of a topic are of; null when it is none of dead letters. */
    public static String sourceOf(String topic) {
        return SOURCES.get(topic);
    }
}
