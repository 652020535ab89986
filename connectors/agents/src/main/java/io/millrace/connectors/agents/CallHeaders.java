package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is passed on to an agent besides the input, as headers of HTTP requests, NATS messages and Kafka records. */
public final class CallHeaders {
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /** After which nobody wants the answer of this attempt: ISO 8601 in UTC. */
    public static final String DEADLINE = "Millrace-Deadline";
    /** Number of the attempt with this agent, from 1. */
    public static final String ATTEMPT = "Millrace-Attempt";
    /** What was wrong with the answer to the attempt before. */
    public static final String PREVIOUS_ERROR = "Millrace-Previous-Error";

    public static final String CORRELATION_ID = "Correlation-Id";
    public static final String TRACEPARENT = "traceparent";

    /** In an answer, what the agent's own model used: {@code input=812, output=64}. */
    public static final String USAGE = "Millrace-Usage";

    private static final Pattern USAGE_VALUE =
            Pattern.compile("\\s*input=([0-9]{1,12})\\s*,\\s*output=([0-9]{1,12})\\s*");

    private static final Set<String> NAMES = Set.of(
            "idempotency-key",
            "millrace-deadline",
            "millrace-attempt",
            "millrace-previous-error",
            "correlation-id",
            "traceparent");

    private CallHeaders() {}

    /** Whether a definition may not set such a header, because each call has its own. */
    public static boolean isReserved(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @param now milliseconds since the epoch */
    public static Map<String, String> of(AgentAttempt attempt, long now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(IDEMPOTENCY_KEY, visible(attempt.idempotencyKey()));
        headers.put(ATTEMPT, Integer.toString(attempt.number()));
        headers.put(DEADLINE, IsoDateTimes.formatUtc(deadline(attempt, now)));
        if (attempt.previousError() != null) {
            headers.put(PREVIOUS_ERROR, visible(attempt.previousError()));
        }
        if (attempt.correlationId() != null) {
            headers.put(CORRELATION_ID, visible(attempt.correlationId()));
        }
        if (attempt.traceparent() != null) {
            headers.put(TRACEPARENT, attempt.traceparent());
        }
        return headers;
    }

    /** Until when the answer of an attempt that starts now is waited for, milliseconds since the epoch. */
    public static long deadline(AgentAttempt attempt, long now) {
        return Math.min(attempt.deadline(), now + attempt.timeoutMs());
    }

    /**
     * What the value of {@link #USAGE} says.
     *
     * @param value may be null
     * @return null when there is nothing that can be understood
     */
    public static Usage usage(String value) {
        Matcher matcher = USAGE_VALUE.matcher(value == null ? "" : value);
        return matcher.matches() ? new Usage(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))) : null;
    }

    /** Headers take only visible ASCII; the rest is percent-encoded as UTF-8 (RFC 3986 §2.1). */
    private static String visible(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (byte b : value.strip().getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b));
            }
        }
        return out.toString();
    }
}
