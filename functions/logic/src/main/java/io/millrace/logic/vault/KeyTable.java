package io.millrace.logic.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Wrapped keys by whose they are, in about 130 bytes each with a key of 60 bytes: there are as many as conversations, and
 * maps of objects would take twice that. Open addressing, linear probing; what has one owner lies together. For one
 * thread.
 */
final class KeyTable {
    /** Where the wrapped bytes begin in an entry: behind its id, and the number of the master key. */
    static final int HEAD = 18;

    private static final int LEAST = 16;
    /** Of four slots at most three are taken; two after growing. */
    private static final int FULL_OF_4 = 3;

    /** Two for each slot: what the owner's key is hashed to. */
    private long[] owners = new long[2 * LEAST];
    /** By slot; null for none. */
    private byte[][] entries = new byte[LEAST][];

    private int size;

    /** An owner, as the table knows it: half of SHA-256, of which nobody makes two that are the same. */
    record Owner(long high, long low) {}

    int size() {
        return size;
    }

    /** @param entry with its head; not to be changed any more */
    void put(Owner owner, byte[] entry) {
        int slot = slotOf(owner, idOf(entry));
        if (entries[slot] == null) {
            if (4 * (size + 1) > FULL_OF_4 * entries.length) {
                grow();
                slot = slotOf(owner, idOf(entry));
            }
            size++;
        }
        set(slot, owner.high(), owner.low(), entry);
    }

    /** The entry of that id; null when there is none. */
    byte[] get(Owner owner, UUID id) {
        return entries[slotOf(owner, id)];
    }

    List<UUID> ids(Owner owner) {
        List<UUID> ids = new ArrayList<>(1);
        for (int slot = home(owner.high()); entries[slot] != null; slot = next(slot)) {
            if (isOf(slot, owner)) {
                ids.add(idOf(entries[slot]));
            }
        }
        return ids;
    }

    boolean remove(Owner owner, UUID id) {
        int free = slotOf(owner, id);
        if (entries[free] == null) {
            return false;
        }
        size--;
        // What was put behind it because it was there moves up.
        for (int slot = next(free); entries[slot] != null; slot = next(slot)) {
            int home = home(owners[2 * slot]);
            boolean stays = free <= slot ? free < home && home <= slot : free < home || home <= slot;
            if (!stays) {
                set(free, owners[2 * slot], owners[2 * slot + 1], entries[slot]);
                free = slot;
            }
        }
        entries[free] = null;
        return true;
    }

    private void set(int slot, long high, long low, byte[] entry) {
        owners[2 * slot] = high;
        owners[2 * slot + 1] = low;
        entries[slot] = entry;
    }

    /** Where the entry is, or would be. */
    private int slotOf(Owner owner, UUID id) {
        int slot = home(owner.high());
        while (entries[slot] != null && !(isOf(slot, owner) && idOf(entries[slot]).equals(id))) {
            slot = next(slot);
        }
        return slot;
    }

    private boolean isOf(int slot, Owner owner) {
        return owners[2 * slot] == owner.high() && owners[2 * slot + 1] == owner.low();
    }

    private int home(long high) {
        return (int) Long.remainderUnsigned(high, entries.length);
    }

    private int next(int slot) {
        return slot + 1 == entries.length ? 0 : slot + 1;
    }

    private void grow() {
        long[] formerOwners = owners;
        byte[][] former = entries;
        int length = former.length + former.length / 2;
        owners = new long[2 * length];
        entries = new byte[length][];
        for (int i = 0; i < former.length; i++) {
            if (former[i] != null) {
                int slot = home(formerOwners[2 * i]);
                while (entries[slot] != null) {
                    slot = next(slot);
                }
                set(slot, formerOwners[2 * i], formerOwners[2 * i + 1], former[i]);
            }
        }
    }

    private static UUID idOf(byte[] entry) {
        return new UUID(longAt(entry, 0), longAt(entry, 8));
    }

    static void putId(byte[] entry, UUID id) {
        for (int i = 0; i < 8; i++) {
            entry[i] = (byte) (id.getMostSignificantBits() >>> 56 - 8 * i);
            entry[i + 8] = (byte) (id.getLeastSignificantBits() >>> 56 - 8 * i);
        }
    }

    static long longAt(byte[] bytes, int at) {
        long value = 0;
        for (int i = at; i < at + 8; i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }
}
