package io.millrace.operators.workflow;

import java.util.HashMap;
import java.util.Map;

/** How many starts wait for a definition in a subtask since it began, and whether there is room for another one. */
final class WaitingRoom {
    static final int MAX_OF_TENANT = 500;
    static final int MAX = 2_000;

    private final Map<String, Integer> byTenant = new HashMap<>();
    private int all;

    /** @return whether there was room */
    boolean enter(String tenant) {
        int of = byTenant.getOrDefault(tenant, 0);
        if (all >= MAX || of >= MAX_OF_TENANT) {
            return false;
        }
        byTenant.put(tenant, of + 1);
        all++;
        return true;
    }

    /** One that waited before the subtask began is not known, and leaves without a trace. */
    void leave(String tenant) {
        Integer of = byTenant.get(tenant);
        if (of != null) {
            all--;
            byTenant.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
        }
    }
}
