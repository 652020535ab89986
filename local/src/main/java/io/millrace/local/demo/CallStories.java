package io.millrace.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.agent.AgentCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up which agents the services of the company call: for a task that was created a summary of its description, for
 * a reminder a notification; and now and then what goes wrong: an input that is none, an agent nobody knows, a deadline
 * that has passed, a call sent twice, a record that is no call.
 */
final class CallStories {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int ONE_IN_ODD = 25;

    private final Random random;
    private int odd;

    CallStories(Random random) {
        this.random = random;
    }

    /** @return nothing for a record that leads to no call */
    List<SampleEvent> on(JsonNode record, Instant now) {
        ObjectNode call =
                switch (record.path("event_type").asText()) {
                    case "reminder.due" -> notification(record, now);
                    case "task.changed" -> record.path("version").asLong() == 1 ? summary(record, now) : null;
                    default -> null;
                };
        if (call == null) {
            return List.of();
        }
        List<SampleEvent> events = new ArrayList<>();
        events.add(sample(call));
        if (random.nextInt(ONE_IN_ODD) == 0) {
            events.add(odd(call, now));
        }
        return events;
    }

    /** Under a key that follows from the reminder: should it come again, nobody is notified again. */
    private ObjectNode notification(JsonNode reminder, Instant now) {
        ObjectNode call = call("notify-" + reminder.path("event_id").asText(), "notifier", now);
        call.putObject("input")
                .put("to", reminder.path("user_id").asText())
                .put("title", reminder.path("title").asText());
        return call;
    }

    private ObjectNode summary(JsonNode view, Instant now) {
        String text = view.path("description").asText();
        if (text.isEmpty()) {
            return null;
        }
        ObjectNode call = call("summary-" + view.path("event_id").asText(), "summariser", now);
        call.putObject("input").put("text", text).put("sentences", 1);
        return call;
    }

    private ObjectNode call(String key, String agent, Instant now) {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("schema_version", AgentCall.SCHEMA_VERSION);
        call.put("event_id", SampleEvent.uuid(random).toString());
        call.put("event_type", AgentCall.TYPE);
        call.put("occurred_at", SampleEvent.utc(now));
        call.put("call_key", key).put("agent", agent);
        return call.put("timeout_ms", TIMEOUT.toMillis());
    }

    /** One of each kind in turn. */
    private SampleEvent odd(ObjectNode call, Instant now) {
        ObjectNode other = call.deepCopy();
        other.put("event_id", SampleEvent.uuid(random).toString());
        int kind = odd++ % 5;
        if (kind > 0) {
            other.put("call_key", "odd-" + other.path("event_id").asText());
        }
        switch (kind) {
            case 0 -> {
                // The same again, as of a producer that was not sure.
            }
            case 1 -> other.putObject("input").put("text", 42);
            case 2 -> other.put("agent", "translator");
            case 3 -> {
                other.remove("timeout_ms");
                other.put("deadline", SampleEvent.utc(now.minusSeconds(1)));
            }
            default -> other.put("agent", "no agent of that name");
        }
        return sample(other);
    }

    private static SampleEvent sample(ObjectNode call) {
        return new SampleEvent(call.path("call_key").asText(), call.toString().getBytes(StandardCharsets.UTF_8));
    }
}
