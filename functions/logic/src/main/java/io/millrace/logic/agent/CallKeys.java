package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** The ids that follow from what a call means; docs/agents.md tells them to those who have to derive them too. */
public final class CallKeys {
    /** No name, key or digest contains a control character. */
    private static final char SEPARATOR = '\u001f';

    private static final int FLIGHT_ID_DIGITS = 8;

    private static final UUID CALLS = Uuid5.of(new UUID(0, 0), AgentCall.TYPE);

    private CallKeys() {}

    /** The same for all calls with that key, whatever else is in them. */
    public static UUID idempotencyKey(String tenant, String callKey) {
        return Uuid5.of(CALLS, tenant + SEPARATOR + callKey);
    }

    /** What an agent is to know the attempts of a call by; a fallback does its own work, and so has its own. */
    static String idempotencyKey(UUID call, String asked, String agent) {
        return agent.equals(asked) ? call.toString() : call + "@" + agent;
    }

    /**
     * What tells the work on an answer from other work under the same idempotency key: a caller may use a call key for
     * another input, and again when it is forgotten. 8 hexadecimal digits.
     *
     * @param loggedAt log time of the call that began it, milliseconds since the epoch
     */
    static String flightId(String owner, long loggedAt) {
        return CanonicalJson.sha256((owner + SEPARATOR + loggedAt).getBytes(StandardCharsets.UTF_8))
                .substring(0, FLIGHT_ID_DIGITS);
    }

    /** @param repeats how often before the attempt of that number was made in vain */
    static String attemptId(String idempotencyKey, int number, String flightId, int repeats) {
        String id = idempotencyKey + "#" + number + "." + flightId;
        return repeats == 0 ? id : id + "." + repeats;
    }

    /**
     * The key of calls that may share an answer: SHA-256, 64 hexadecimal digits.
     *
     * @param version of the agent's definition
     */
    static String cacheKey(AgentCall call, String version) {
        StringBuilder text = new StringBuilder(256)
                .append(call.tenant())
                .append(SEPARATOR)
                .append(call.agent())
                .append(SEPARATOR)
                .append(version)
                .append(SEPARATOR)
                .append(call.inputDigest());
        for (Map.Entry<String, String> dependency : call.dependencies().entrySet()) {
            text.append(SEPARATOR).append(dependency.getKey()).append(SEPARATOR).append(dependency.getValue());
        }
        return CanonicalJson.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The key of a call that shares nothing. */
    static String ownKey(AgentCall call) {
        return call.tenant() + SEPARATOR + call.callKey();
    }
}
