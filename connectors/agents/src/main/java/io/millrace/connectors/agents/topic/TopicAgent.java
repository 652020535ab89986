package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Where requests to an agent that is a worker on a topic go. */
public record TopicAgent(String topic) {
    /** Kafka's own limits. */
    private static final int MAX_TOPIC = 249;

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]+");

    /** @throws RejectedEventException naming the field that is wrong */
    public static TopicAgent read(String settings) throws RejectedEventException {
        String[] topic = new String[1];
        new SettingsFields()
                .with("topic", (field, json) -> topic[0] = topic(field, json))
                .read(settings);
        SettingsFields.require(topic[0], "topic");
        return new TopicAgent(topic[0]);
    }

    private static String topic(String field, JsonEvent json) throws IOException, RejectedEventException {
        String topic = json.string(field, 1, MAX_TOPIC);
        if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw json.invalid(field, "must be the name of a topic: letters, digits, '.', '_' and '-'");
        }
        return topic;
    }
}
