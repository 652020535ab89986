package io.millrace.schema.agent;

import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.RejectedEventException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code agent.registered} says of an agent.
 *
 * @param agent the name
 * @param version part of the cache key; a number in the event is its decimal text here
 * @param inputSchema JSON Schema 2020-12 as JSON text; null for any input
 * @param outputSchema as {@code inputSchema}
 * @param timeoutMs how long one attempt may take
 * @param cacheTtlSeconds for how long an answer is kept; 0 for not at all
 * @param critical whether a call may not be skipped
 * @param estimate what an attempt is reckoned to use until its usage is known
 * @param model by which its usage is priced; null for an agent that costs nothing
 */
public record AgentDefinition(
        String agent,
        String version,
        AgentType type,
        Risk risk,
        List<String> capabilities,
        String inputSchema,
        String outputSchema,
        Transport transport,
        int timeoutMs,
        Retry retry,
        int cacheTtlSeconds,
        Fallback fallback,
        boolean critical,
        Rate rate,
        Usage estimate,
        Budget budget,
        String model) {

    /**
     * What tells it from every other definition: SHA-256 of the canonical form of {@link
     * AgentRegistryWriter#write(AgentDefinition)}, 64 hexadecimal digits.
     */
    public String digest() {
        try {
            return CanonicalJson.digest(agent, new String(AgentRegistryWriter.write(this), StandardCharsets.UTF_8));
        } catch (RejectedEventException e) {
            throw new IllegalStateException("a definition that was read has a canonical form", e);
        }
    }

    /**
     * How the agent is reached.
     *
     * @param kind names the transport
     * @param settings the whole object as JSON text, {@code kind} included; what else is in it is the transport's
     */
    public record Transport(String kind, String settings) {}

    /**
     * How often an attempt that failed for the moment is made again.
     *
     * @param maxAttempts 1 to 10, the first included
     * @param initialMs the wait before the second attempt, less jitter
     * @param maxMs the longest wait
     * @param multiplier of the wait from one attempt to the next, 1 to 10
     */
    public record Retry(int maxAttempts, int initialMs, int maxMs, int multiplier) {
        public static final Retry DEFAULT = new Retry(3, 500, 30_000, 2);
    }

    /**
     * What is done when the agent has no answer.
     *
     * @param agents asked instead, in turn
     * @param then when none of them has an answer either
     * @param degradedOutput JSON text; only for {@link Then#DEGRADED}, else null
     */
    public record Fallback(List<String> agents, Then then, String degradedOutput) {
        public static final Fallback NONE = new Fallback(List.of(), Then.FAIL, null);

        /** The end of the fallbacks. */
        public enum Then {
            FAIL,
            SKIP,
            DEGRADED
        }
    }

    /** How much an agent is given to do; 0 for no limit. Tokens are input and output together. */
    public record Rate(int requestsPerMinute, int tokensPerMinute, int concurrent) {
        public static final Rate UNLIMITED = new Rate(0, 0, 0);
    }

    /** What an agent may cost per day and month (UTC), in millionths of the currency; 0 for no limit. */
    public record Budget(long dayMicros, long monthMicros) implements Serializable {
        private static final long serialVersionUID = 1L;

        public static final Budget UNLIMITED = new Budget(0, 0);
    }
}
