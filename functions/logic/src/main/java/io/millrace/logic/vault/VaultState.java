package io.millrace.logic.vault;

import io.millrace.logic.pii.PiiType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is remembered of a conversation's personal data, immutable. It holds no key.
 *
 * @param kept what tokens stand for, the least recently used first
 * @param keyId of the key that values are sealed with; null before there is one
 * @param usedAt log time of the last use, milliseconds since the epoch
 * @param ending keys that are thrown away, the last ones last
 * @param endAt when their records are deleted the next time, milliseconds since the epoch; {@link Long#MAX_VALUE} for
 *     never
 * @param endings how often they are deleted yet
 */
public record VaultState(
        List<Kept> kept, UUID keyId, long usedAt, List<UUID> ending, long endAt, int endings) {
    /** More are thrown away of a conversation only by somebody who wants to see what happens. */
    static final int MOST_ENDING = 100;

    static final VaultState EMPTY = new VaultState(List.of(), null, 0, List.of(), Long.MAX_VALUE, 0);

    /**
     * A value.
     *
     * @param keyId of the key that it is sealed with
     */
    record Kept(UUID token, PiiType kind, UUID keyId, byte[] sealed) {
        /** About what it takes beside what is sealed. */
        private static final int OVERHEAD = 48;

        int bytes() {
            return sealed.length + OVERHEAD;
        }
    }

    boolean isUsed() {
        return keyId != null || !kept.isEmpty();
    }

    VaultState used(List<Kept> kept, UUID keyId, long at) {
        return new VaultState(List.copyOf(kept), keyId, Math.max(at, usedAt), ending, endAt, endings);
    }

    /** Without values and without a key to seal with; these keys are deleted {@code times} from {@code at} on. */
    VaultState without(List<UUID> keys, long at, int times) {
        Set<UUID> all = new LinkedHashSet<>(ending);
        keys.forEach(key -> {
            all.remove(key);
            all.add(key);
        });
        List<UUID> last = List.copyOf(all);
        last = last.subList(Math.max(0, last.size() - MOST_ENDING), last.size());
        return new VaultState(List.of(), null, usedAt, new ArrayList<>(last), at, Math.max(endings, times));
    }

    /** After the keys were deleted once more. */
    VaultState ended(long nextAt) {
        return endings > 1
                ? new VaultState(kept, keyId, usedAt, ending, nextAt, endings - 1)
                : new VaultState(kept, keyId, usedAt, List.of(), Long.MAX_VALUE, 0);
    }

    /** Null when there is nothing to remember. */
    VaultState orNull() {
        return isUsed() || !ending.isEmpty() ? this : null;
    }
}
