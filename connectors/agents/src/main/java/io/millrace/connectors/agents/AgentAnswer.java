package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import java.nio.charset.StandardCharsets;

/**
 * What came of one physical call. Messages are for people and stand in results and logs: they hold no payloads, no
 * credentials, and nothing of a URL but its origin.
 *
 * @param output one JSON value as text, at most {@link AgentOutcome#MAX_OUTPUT_BYTES}; only for {@link Status#OK}, else
 *     null
 * @param error null for {@link Status#OK}
 * @param retryAfterMs how long the agent asks to be left alone; 0 when it does not say
 * @param usage as far as it is known
 * @param unmetered whether the agent may have used more than is known: it was asked and did not reply, or it answered
 *     and does not say
 */
public record AgentAnswer(
        Status status, String output, AgentError error, long retryAfterMs, Usage usage, boolean unmetered) {
    private static final long MAX_RETRY_AFTER_MS = 30L * 86_400_000;

    public AgentAnswer {
        retryAfterMs = Math.max(0, Math.min(MAX_RETRY_AFTER_MS, retryAfterMs));
        usage = new Usage(tokens(usage.inputTokens()), tokens(usage.outputTokens()));
    }

    /** What the agent replied, and used for it. */
    public AgentAnswer(Status status, String output, AgentError error, long retryAfterMs, Usage usage) {
        this(status, output, error, retryAfterMs, usage, false);
    }

    private static long tokens(long claimed) {
        return Math.max(0, Math.min(Usage.MAX_TOKENS, claimed));
    }

    /**
     * The answer that the bytes hold: {@link Status#OK} when they are one JSON value that is not too large, otherwise
     * what is wrong with them.
     *
     * @param usage null when the agent does not say
     */
    public static AgentAnswer ofJson(byte[] utf8, Usage usage) {
        return utf8.length > AgentOutcome.MAX_OUTPUT_BYTES
                ? tooLarge().metered(usage)
                : of(JsonText.of(utf8)).metered(usage);
    }

    /** As {@link #ofJson(byte[], Usage)}. */
    public static AgentAnswer ofJson(String text, Usage usage) {
        return text.getBytes(StandardCharsets.UTF_8).length > AgentOutcome.MAX_OUTPUT_BYTES
                ? tooLarge().metered(usage)
                : of(JsonText.of(text)).metered(usage);
    }

    private static AgentAnswer of(JsonText json) {
        return json.problem() == null
                ? new AgentAnswer(Status.OK, json.text(), null, 0, Usage.NONE)
                : retryable(AgentErrorCode.OUTPUT_INVALID, json.problem());
    }

    public static AgentAnswer retryable(AgentErrorCode code, String message) {
        return without(Status.RETRYABLE, code, message);
    }

    /** The agent took longer than it may. */
    public static AgentAnswer timedOut() {
        return without(Status.TIMED_OUT, AgentErrorCode.ATTEMPT_TIMED_OUT, "the agent took too long");
    }

    public static AgentAnswer failed(AgentErrorCode code, String message) {
        return without(Status.FAILED, code, message);
    }

    public static AgentAnswer refused(AgentErrorCode code, String message) {
        return without(Status.REFUSED, code, message);
    }

    /** The agent's answer has more bytes than an answer may have. */
    public static AgentAnswer tooLarge() {
        return failed(
                AgentErrorCode.OUTPUT_TOO_LARGE,
                "the answer has more than " + AgentOutcome.MAX_OUTPUT_BYTES + " bytes");
    }

    /** A bug of ours, or of an agent in this process: only its kind is told, its message may hold anything. */
    static AgentAnswer broken(Throwable failure) {
        return failed(
                AgentErrorCode.AGENT_FAILED,
                "the call ended by " + failure.getClass().getName());
    }

    private static AgentAnswer without(Status status, AgentErrorCode code, String message) {
        return new AgentAnswer(status, null, new AgentError(code, printable(message)), 0, Usage.NONE);
    }

    /** What an agent says of itself may contain anything, also what has no UTF-8 form. */
    private static String printable(String message) {
        return message.codePoints()
                .limit(AgentError.MAX_MESSAGE + 1L)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** @param used null when the agent does not say: one that refuses has used nothing then */
    public AgentAnswer with(Usage used) {
        return new AgentAnswer(status, output, error, retryAfterMs, used == null ? Usage.NONE : used, unmetered);
    }

    /**
     * As an agent that did its work says what it used.
     *
     * @param used null when it does not say
     */
    public AgentAnswer metered(Usage used) {
        return used == null ? asUnmetered() : with(used);
    }

    /** The agent was asked, and may have used more than is known. */
    AgentAnswer asUnmetered() {
        return new AgentAnswer(status, output, error, retryAfterMs, usage, true);
    }

    /** @param millis how long the agent asks to be left alone; 0 when it does not say */
    public AgentAnswer retryAfter(long millis) {
        return new AgentAnswer(status, output, error, millis, usage, unmetered);
    }
}
