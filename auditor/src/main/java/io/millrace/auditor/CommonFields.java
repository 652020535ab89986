package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the fields that all events have, and others of their kinds. */
final class CommonFields {
    private static final int LONGEST_ID = 200;
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private CommonFields() {}

    static void version(JsonNode event, int expected, Verdict verdict) {
        JsonNode version = event.path("schema_version");
        if (!version.isNumber() || version.doubleValue() != expected) {
            verdict.bad("schema_version is not " + expected);
        } else if (!version.isIntegralNumber()) {
            verdict.either("schema_version is written as a fraction");
        }
    }

    /** Null when it is bad. */
    static Instant occurredAt(JsonNode event, Verdict verdict) {
        String text = text(event, "occurred_at", verdict);
        if (text.isEmpty()) {
            verdict.bad("occurred_at is empty");
            return null;
        }
        return DateTexts.instant("occurred_at", text, verdict);
    }

    /** Null when it is bad, or the contract does not settle it. */
    static UUID eventId(JsonNode event, Verdict verdict) {
        if (event instanceof ObjectNode && event.path("event_id").isMissingNode() && event.has(Envelope.OPEN_ID)) {
            verdict.either("event_id is derived from the envelope");
            return null;
        }
        String text = text(event, "event_id", verdict);
        if (!UUID_TEXT.matcher(text).matches()) {
            verdict.bad("event_id is no UUID");
            return null;
        }
        return UUID.fromString(text);
    }

    /** The text of a field that must be there; empty when it is bad. */
    static String text(JsonNode event, String field, Verdict verdict) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            verdict.bad(field + " is missing or no text");
            return "";
        }
        return value.textValue();
    }

    static String optional(JsonNode event, String field, Verdict verdict) {
        JsonNode value = event.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isNull()) {
            verdict.either(field + " is null");
            return null;
        }
        if (!value.isTextual()) {
            verdict.bad(field + " is no text");
            return null;
        }
        String text = value.textValue();
        if (text.codePointCount(0, text.length()) > LONGEST_ID && field.equals("correlation_id")) {
            verdict.bad(field + " is too long");
        } else if (text.isEmpty() || text.length() > LONGEST_ID || hasControl(text)) {
            verdict.either(field + " is of a form the contract does not settle");
        }
        return text;
    }

    static String id(JsonNode event, String field, Verdict verdict) {
        String text = text(event, field, verdict);
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_ID) {
            verdict.bad(field + " has a wrong length");
        } else if (text.chars().anyMatch(c -> c < ' ')) {
            verdict.bad(field + " has a control character");
        } else if (text.length() > LONGEST_ID || text.isBlank() || hasControl(text)) {
            verdict.either(field + " is of a form the contract does not settle");
        }
        return text;
    }

    static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
