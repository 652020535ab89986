package io.millrace.jobs.agents;

import io.millrace.logic.agent.gate.TenantLines;
import io.millrace.schema.agent.AgentAttempt;
import java.util.HashMap;
import java.util.Map;

/**
 * How many attempts are under way in a subtask. An operator that waited for room would hold up all that comes behind
 * it, deadlines included; so who finds none is told at once. However much one tenant has under way, there is room for
 * others: a tenant may have {@value #TIMES_FREE} times as much as is free. Tenants that share a line have that
 * together, and one of them {@value #TIMES_FREE} times as much as is left of it.
 *
 * <p>Safe for use by several threads: attempts end on those of transports.
 */
final class AttemptRoom {
    private static final int TIMES_FREE = 4;

    /** An attempt takes a place for each of so many characters of its input that is begun. */
    static final int CHARS_OF_A_PLACE = 8 << 10;

    private final int places;
    private final TenantLines lines;
    /** By line, and by tenant of the one that is shared. */
    private final Map<String, Integer> takenBy = new HashMap<>();

    private int taken;

    AttemptRoom(int places, TenantLines lines) {
        this.places = places;
        this.lines = lines;
    }

    /** Takes room for an attempt; says whether there was any. */
    synchronized boolean take(AgentAttempt attempt) {
        int size = size(attempt);
        // One that is larger than all there is can be alone.
        if (taken > 0 && !leavesRoom(attempt.tenant(), size)) {
            return false;
        }
        taken += size;
        add(attempt.tenant(), size);
        return true;
    }

    private boolean leavesRoom(String tenant, int size) {
        long free = places - taken - size;
        long leftOfLine = TIMES_FREE * free - takenBy.getOrDefault(lines.lineOf(tenant), 0) - size;
        if (free < 0 || leftOfLine < 0) {
            return false;
        }
        return !lines.isShared(tenant) || takenBy.getOrDefault(tenant, 0) + size <= TIMES_FREE * leftOfLine;
    }

    /** Gives back what was taken for an attempt. */
    synchronized void give(AgentAttempt attempt) {
        int size = size(attempt);
        taken -= size;
        add(attempt.tenant(), -size);
    }

    private void add(String tenant, int size) {
        takenBy.merge(lines.lineOf(tenant), size, AttemptRoom::sumOrNone);
        if (lines.isShared(tenant)) {
            takenBy.merge(tenant, size, AttemptRoom::sumOrNone);
        }
    }

    /** Null, with which a map forgets, where nothing is taken. */
    private static Integer sumOrNone(Integer before, Integer size) {
        return before + size == 0 ? null : (Integer) (before + size);
    }

    private static int size(AgentAttempt attempt) {
        return 1 + attempt.input().length() / CHARS_OF_A_PLACE;
    }
}
