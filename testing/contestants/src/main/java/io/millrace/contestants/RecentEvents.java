package io.millrace.contestants;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The last million event ids; the oldest goes when a new one comes. */
final class RecentEvents {
    static final int MOST = 1_000_000;

    private final Set<UUID> ids = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST;
        }
    });

    /** False when the id is among them already. */
    boolean add(UUID id) {
        return ids.add(id);
    }
}
