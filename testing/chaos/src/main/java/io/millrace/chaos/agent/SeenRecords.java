package io.millrace.chaos.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an episode's topics hold, as far as it is compared with what the agents were asked. What can't be read is passed
 * over: that is the auditor's business. Of several records under one id the first is the truth.
 */
final class SeenRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An attempt's id; agents know all of it but its end. */
    private static final Pattern ATTEMPT = Pattern.compile("(.*#\\d+)\\..*");

    private final String prefix;
    private final Map<UUID, Long> calledAt = new HashMap<>();
    private final Map<UUID, Long> answeredAt = new HashMap<>();
    private final Map<UUID, Answer> answers = new HashMap<>();
    private final Map<String, Long> costs = new HashMap<>();

    /** @param prefix of the names of all tenants and agents */
    SeenRecords(String prefix) {
        this.prefix = prefix;
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
        JsonNode json = read(record.value());
        if (!json.path("tenant").asText().startsWith(prefix)) {
            return;
        }
        UUID key = PlannedCall.keyOf(
                json.path("tenant").asText(), json.path("call_key").asText());
        switch (record.topic()) {
            case Topics.AGENT_CALLS -> calledAt.putIfAbsent(key, record.timestamp());
            case Topics.AGENT_RESULTS, CallPlan.OWN_RESULTS -> {
                answeredAt.putIfAbsent(key, record.timestamp());
                answers.putIfAbsent(key, answer(json));
            }
            case Topics.AGENT_OUTCOMES -> {
                if (json.path("status").asText().equals("OK")) {
                    costs.putIfAbsent(
                            ATTEMPT.matcher(json.path("attempt_id").asText()).replaceFirst("$1"),
                            json.path("cost_micros").asLong());
                }
            }
            default -> {
                // Dead letters, and the registry
            }
        }
    }

    private static JsonNode read(byte[] value) {
        try {
            return value == null ? JSON.missingNode() : JSON.readTree(value);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static Answer answer(JsonNode json) {
        JsonNode value = json.path("output").path("answer");
        return new Answer(
                json.path("status").asText(),
                json.path("error").path("code").textValue(),
                json.path("answered_by").textValue(),
                json.path("cached").asBoolean(),
                value.isInt() ? value.intValue() : null);
    }

    /** By the idempotency keys of the calls. */
    Map<UUID, Answer> answers() {
        return answers;
    }

    /** What attempts cost that an agent answered, by their ids; millionths of the currency. */
    Map<String, Long> costs() {
        return costs;
    }

    /** Whether all calls have a result that must have one. */
    boolean answersAll(Map<UUID, PlannedCall> calls) {
        return calls.values().stream().filter(PlannedCall::certain).allMatch(call -> answers.containsKey(call.key()));
    }

    /** The longest that a call waited whose agent answers at once, by the broker's clock. */
    Duration slowest(Map<UUID, PlannedCall> calls) {
        long millis = 0;
        for (PlannedCall call : calls.values()) {
            Long called = calledAt.get(call.key());
            Long answered = answeredAt.get(call.key());
            if (call.kind() == AgentKind.PROMPT && called != null && answered != null) {
                millis = Math.max(millis, answered - called);
            }
        }
        return Duration.ofMillis(millis);
    }
}
