package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.OutputParser.Unreadable;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.task.TaskEvent;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what the agents job writes: results and outcomes. */
final class AnswerParser {
    private static final Pattern ATTEMPT =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@([A-Za-z0-9._-]+))?#([1-9]\\d{0,3})"
                    + "\\.[0-9a-f]{8}(?:\\.[1-9]\\d*)?");

    /** Whose call a result is of. */
    record Owner(String tenant, String callKey) {}

    private AnswerParser() {}

    static Owner owner(JsonNode json) throws Unreadable {
        return new Owner(tenant(json), OutputParser.text(json, "call_key"));
    }

    private static String tenant(JsonNode json) throws Unreadable {
        return json.hasNonNull("tenant") ? OutputParser.text(json, "tenant") : TaskEvent.DEFAULT_TENANT;
    }

    static ResultRecord result(JsonNode json, ConsumerRecord<byte[], byte[]> record, String where) throws Unreadable {
        JsonNode usage = json.path("usage");
        return new ResultRecord(
                where,
                record.timestamp(),
                OutputParser.uuid(json, "event_id"),
                Fingerprint.of(record),
                OutputParser.text(json, "agent"),
                json.hasNonNull("answered_by") ? OutputParser.text(json, "answered_by") : null,
                status(json),
                json.hasNonNull("error") ? OutputParser.text(json.get("error"), "code") : null,
                json.has("output"),
                json.path("cached").asBoolean(false),
                number(json, "cost_micros"),
                usage.path("input_tokens").asLong()
                        + usage.path("output_tokens").asLong(),
                (int) number(json, "attempts"));
    }

    private static AgentResult.Status status(JsonNode json) throws Unreadable {
        String text = OutputParser.text(json, "status");
        try {
            return AgentResult.Status.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("status " + text + " is unknown", e);
        }
    }

    static OutcomeRecord outcome(JsonNode json, ConsumerRecord<byte[], byte[]> record, String where) throws Unreadable {
        String attemptId = OutputParser.text(json, "attempt_id");
        Matcher parts = ATTEMPT.matcher(attemptId);
        if (!parts.matches()) {
            throw new Unreadable("attempt_id " + attemptId + " is no idempotency key with a number", null);
        }
        return new OutcomeRecord(
                where,
                record.timestamp(),
                attemptId,
                UUID.fromString(parts.group(1)),
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                tenant(json),
                OutputParser.text(json, "agent"),
                OutputParser.text(json, "owner"),
                number(json, "cost_micros"),
                json.hasNonNull("started_at") ? OutputParser.moment(json, "started_at") : record.timestamp());
    }

    private static long number(JsonNode json, String field) throws Unreadable {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber() || value.longValue() < 0) {
            throw new Unreadable(field + " is no count", null);
        }
        return value.longValue();
    }
}
