package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.task.TaskEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record of the topic of calls and says whether it is a good one; never throws for what is in it. */
final class CallParser {
    private static final int LARGEST_INPUT = 256 * 1024;
    private static final int LARGEST = LARGEST_INPUT + 128 * 1024;
    private static final int MOST_DEPENDENCIES = 100;
    private static final int LONGEST_ID = 200;
    private static final long LONGEST_TIMEOUT = 7L * 86_400_000;
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> CACHE = Set.of("use", "refresh", "off");
    private static final List<String> OF_CONTENT = List.of("agent", "input", "cache", "dependencies");

    private final ValueParser values = new ValueParser(LARGEST);

    CallRecord parse(ConsumerRecord<byte[], byte[]> record) {
        Verdict verdict = new Verdict();
        Fingerprint fingerprint = Fingerprint.of(record);
        Position position = new Position(record.partition(), record.offset());
        JsonNode json = values.json(record.value(), verdict);
        JsonNode event = json == null ? null : Envelope.open(record.headers(), json, verdict);
        if (event == null) {
            return CallRecord.bad(position, record.timestamp(), fingerprint, verdict);
        }
        CommonFields.version(event, AgentCall.SCHEMA_VERSION, verdict);
        UUID eventId = CommonFields.eventId(event, verdict);
        if (!CommonFields.text(event, "event_type", verdict).equals(AgentCall.TYPE)) {
            verdict.bad("event_type is not " + AgentCall.TYPE);
        }
        CommonFields.occurredAt(event, verdict);
        String tenant = CommonFields.optional(event, "tenant", verdict);
        CommonFields.optional(event, "correlation_id", verdict);
        String key = CommonFields.id(event, "call_key", verdict);
        String agent = CommonFields.text(event, "agent", verdict);
        if (!AGENT.matcher(agent).matches()) {
            verdict.bad("agent is no name");
        }
        input(event, record.value().length, verdict);
        Long deadline = deadline(event, record.timestamp(), verdict);
        String cache = given(event, "cache") ? CommonFields.text(event, "cache", verdict) : "use";
        if (!CACHE.contains(cache)) {
            verdict.bad("cache is none of " + CACHE);
        }
        dependencies(event, verdict);
        boolean repliesElsewhere = given(event, "reply_to");
        if (repliesElsewhere
                && !TOPIC.matcher(CommonFields.text(event, "reply_to", verdict)).matches()) {
            verdict.bad("reply_to is no name of a topic");
        }
        if (given(event, "reply_key")) {
            CommonFields.id(event, "reply_key", verdict);
        }
        approval(event, verdict);
        return verdict.isBad()
                ? CallRecord.bad(position, record.timestamp(), fingerprint, verdict)
                : new CallRecord(
                        position,
                        record.timestamp(),
                        fingerprint,
                        verdict.validity(),
                        verdict.reason(),
                        eventId,
                        tenant == null ? TaskEvent.DEFAULT_TENANT : tenant,
                        key,
                        agent,
                        content(event),
                        deadline,
                        !cache.equals("off"),
                        repliesElsewhere,
                        0);
    }

    private static boolean given(JsonNode event, String field) {
        return event.hasNonNull(field);
    }

    /** Its size counts as it stands in the event, which is not known any more. */
    private static void input(JsonNode event, int size, Verdict verdict) {
        if (!event.has("input")) {
            return;
        }
        JsonNode input = event.get("input");
        String text = input.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_INPUT) {
            // Blanks can only add to it, though escapes may be written shorter.
            verdict.either("input is about as large as it may be, or larger");
        } else if (size > LARGEST_INPUT) {
            verdict.either("input may have been larger as it was written");
        }
        if (isOpen(input)) {
            verdict.either("input has text or numbers that agents may not all take for the same");
        }
    }

    /** Half a surrogate pair, or a number beyond double precision. */
    private static boolean isOpen(JsonNode node) {
        if (node.isTextual()) {
            return !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
        }
        if (node.isNumber()) {
            return Double.isInfinite(node.doubleValue());
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(names.next())) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (isOpen(child)) {
                return true;
            }
        }
        return false;
    }

    private static Long deadline(JsonNode event, long logTime, Verdict verdict) {
        boolean both = given(event, "deadline") && given(event, "timeout_ms");
        if (both) {
            verdict.bad("both a deadline and a timeout_ms");
        }
        if (given(event, "timeout_ms")) {
            JsonNode timeout = event.get("timeout_ms");
            if (!timeout.isIntegralNumber()) {
                if (timeout.isNumber() && timeout.doubleValue() == Math.rint(timeout.doubleValue())) {
                    verdict.either("timeout_ms is written as a fraction");
                } else {
                    verdict.bad("timeout_ms is no integer");
                }
            }
            if (timeout.asDouble() < 1 || timeout.asDouble() > LONGEST_TIMEOUT) {
                verdict.bad("timeout_ms is out of range");
            }
            return logTime + timeout.asLong();
        }
        if (given(event, "deadline")) {
            Instant deadline = DateTexts.instant("deadline", CommonFields.text(event, "deadline", verdict), verdict);
            return deadline == null ? null : Math.min(deadline.toEpochMilli(), logTime + LONGEST_TIMEOUT);
        }
        return null;
    }

    private static void dependencies(JsonNode event, Verdict verdict) {
        if (!given(event, "dependencies")) {
            return;
        }
        JsonNode dependencies = event.get("dependencies");
        if (!dependencies.isObject() || dependencies.size() > MOST_DEPENDENCIES) {
            verdict.bad("dependencies is no object, or has too many fields");
            return;
        }
        for (Map.Entry<String, JsonNode> one : dependencies.properties()) {
            name(one.getKey(), "a dependency", verdict);
            if (one.getValue().isTextual()) {
                name(one.getValue().textValue(), "the digest of a dependency", verdict);
            } else {
                verdict.bad("a digest is no text");
            }
        }
    }

    private static void name(String text, String what, Verdict verdict) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_ID) {
            verdict.bad(what + " has a wrong length");
        } else if (CommonFields.hasControl(text)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            verdict.bad(what + " has a character that it may not");
        }
    }

    private static void approval(JsonNode event, Verdict verdict) {
        if (!given(event, "approval")) {
            return;
        }
        JsonNode approval = event.get("approval");
        if (!approval.isObject()) {
            verdict.bad("approval is no object");
            return;
        }
        CommonFields.id(approval, "request_id", verdict);
        CommonFields.id(approval, "approved_by", verdict);
        DateTexts.instant("approval.expires_at", CommonFields.text(approval, "expires_at", verdict), verdict);
        if (!MAC.matcher(CommonFields.text(approval, "mac", verdict)).matches()) {
            verdict.bad("approval.mac is no MAC");
        }
    }

    private static long content(JsonNode event) {
        long hash = 1;
        for (String field : OF_CONTENT) {
            String text = event.path(field).toString();
            for (int i = 0; i < text.length(); i++) {
                hash = hash * 1_000_003 + text.charAt(i);
            }
            hash = hash * 1_000_003 + '\u001f';
        }
        return hash;
    }
}
