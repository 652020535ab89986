package io.millrace.jobs.agents;

import io.millrace.schema.agent.AgentAttempt;
import java.util.HashMap;
import java.util.Map;

/**
 * How many attempts are under way in a subtask. An operator that waited for room would hold up all that comes behind it,
 * deadlines included; so who finds none is told at once. However much one tenant has under way, there is room for
 * others: a tenant may have {@value #TIMES_FREE} times as much as is free.
 *
 * <p>Safe for use by several threads: attempts end on those of transports.
 */
final class AttemptRoom {
    private static final int TIMES_FREE = 4;

    /** An attempt takes a place for each of so many characters of its input that is begun. */
    static final int CHARS_OF_A_PLACE = 8 << 10;

    private final int places;
    private final Map<String, Integer> takenBy = new HashMap<>();
    private int taken;

    AttemptRoom(int places) {
        this.places = places;
    }

    /** Takes room for an attempt; says whether there was any. */
    synchronized boolean take(AgentAttempt attempt) {
        int size = size(attempt);
        int free = places - taken - size;
        int ofTenant = takenBy.getOrDefault(attempt.tenant(), 0) + size;
        // One that is larger than all there is can be alone.
        if (taken > 0 && (free < 0 || ofTenant > TIMES_FREE * (long) free)) {
            return false;
        }
        taken += size;
        takenBy.put(attempt.tenant(), ofTenant);
        return true;
    }

    /** Gives back what was taken for an attempt. */
    synchronized void give(AgentAttempt attempt) {
        int size = size(attempt);
        taken -= size;
        takenBy.compute(attempt.tenant(), (tenant, ofTenant) -> ofTenant == size ? null : ofTenant - size);
    }

    private static int size(AgentAttempt attempt) {
        return 1 + attempt.input().length() / CHARS_OF_A_PLACE;
    }
}
