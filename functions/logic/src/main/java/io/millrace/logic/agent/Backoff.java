package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentDefinition.Retry;
import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/** How long is waited: before an attempt is made again, and for an answer. Milliseconds. */
final class Backoff {
    private static final double UNIT = 0x1.0p-53;

    private Backoff() {}

    /**
     * The wait after an attempt that failed: exponential, at most the retry's, less up to half of it. How much less
     * follows from the attempt's id, so that calls that failed together do not come back together, and a replay waits
     * alike.
     *
     * @param number of the attempt that failed, from 1
     */
    static long backoff(Retry retry, int number, UUID flight, String attemptId) {
        long longest = longest(retry, number);
        double fraction = (Uuid5.of(flight, attemptId).getLeastSignificantBits() >>> 11) * UNIT;
        // The two highest bits are those of the variant, the same in every UUID.
        double spread = fraction * 4 % 1;
        return Math.max(1, longest - (long) (longest / 2.0 * spread));
    }

    private static long longest(Retry retry, int number) {
        long wait = retry.initialMs();
        for (int i = 1; i < number && wait < retry.maxMs(); i++) {
            wait *= retry.multiplier();
        }
        return Math.min(wait, retry.maxMs());
    }

    /** When a call is answered at the latest, milliseconds since the epoch. */
    static long deadline(AgentCall call, long loggedAt, AgentRegistry registry) {
        long latest = loggedAt + AgentCall.MAX_TIMEOUT_MS;
        if (call.deadline() != null) {
            return Math.min(call.deadline(), latest);
        }
        return call.timeoutMs() > 0
                ? loggedAt + call.timeoutMs()
                : Math.min(latest, loggedAt + attempts(call.agent(), registry));
    }

    /** What the attempts of an agent and of its fallbacks, and the waits between them, can take. */
    private static long attempts(String agent, AgentRegistry registry) {
        long sum = 0;
        for (String asked : registry.chain(agent)) {
            AgentDefinition definition = registry.definition(asked);
            if (definition != null) {
                int attempts = definition.retry().maxAttempts();
                sum += (long) attempts * definition.timeoutMs();
                for (int number = 1; number < attempts; number++) {
                    sum += longest(definition.retry(), number);
                }
            }
        }
        return sum;
    }
}
