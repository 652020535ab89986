package io.millrace.chaos.agent;

import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/**
 * A call that is published; of several with one key the first.
 *
 * @param agent its name
 * @param number the input
 * @param shares whether it may be given another call's answer
 * @param certain whether it must be accepted
 */
record PlannedCall(
        String tenant, String callKey, AgentKind kind, String agent, int number, boolean shares, boolean certain) {
    private static final UUID CALLS = Uuid5.of(new UUID(0, 0), "agent.call");

    /** The idempotency key that follows. */
    UUID key() {
        return keyOf(tenant, callKey);
    }

    static UUID keyOf(String tenant, String callKey) {
        return Uuid5.of(CALLS, tenant + "\u001f" + callKey);
    }

    @Override
    public String toString() {
        return "call " + tenant + "/" + callKey + " of " + agent;
    }
}
