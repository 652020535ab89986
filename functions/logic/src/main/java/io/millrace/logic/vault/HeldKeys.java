package io.millrace.logic.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The keys of many conversations, wrapped, in memory: read whole from where they are written, and told what was written
 * since. Those in use are unwrapped once. For one thread.
 */
public final class HeldKeys implements ConversationKeys {
    /** Unwrapped keys that are remembered: conversations that go on at the same time. */
    private static final int MOST_UNWRAPPED = 10_000;
    /** As many as two bytes number. */
    private static final int MOST_MASTER_KEYS = 1 << 16;

    private final MasterKeyRing master;
    private final Entropy entropy;
    private final MessageDigest sha256;
    private final KeyTable table = new KeyTable();
    private final List<String> masterKeys = new ArrayList<>();
    /** By master key, in their order: how many keys each has wrapped. */
    private final List<Integer> wrappedBy = new ArrayList<>();

    private final Map<UUID, DataKey> unwrapped = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, DataKey> eldest) {
            return size() > MOST_UNWRAPPED;
        }
    };

    public HeldKeys(MasterKeyRing master, Entropy entropy) {
        this.master = master;
        this.entropy = entropy;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes a key that was written. */
    public void put(VaultOwner owner, UUID keyId, WrappedKey wrapped) {
        forget(owner, keyId);
        int number = numberOf(wrapped.masterKey());
        byte[] entry = new byte[KeyTable.HEAD + wrapped.bytes().length];
        KeyTable.putId(entry, keyId);
        entry[KeyTable.HEAD - 2] = (byte) (number >>> 8);
        entry[KeyTable.HEAD - 1] = (byte) number;
        System.arraycopy(wrapped.bytes(), 0, entry, KeyTable.HEAD, wrapped.bytes().length);
        table.put(hashed(owner), entry);
        count(number, 1);
    }

    private int numberOf(String masterKey) {
        int number = masterKeys.indexOf(masterKey);
        if (number >= 0) {
            return number;
        }
        if (masterKeys.size() == MOST_MASTER_KEYS) {
            throw new IllegalStateException("keys wrapped by more than " + MOST_MASTER_KEYS + " master keys");
        }
        masterKeys.add(masterKey);
        wrappedBy.add(0);
        return masterKeys.size() - 1;
    }

    private void count(int number, int more) {
        wrappedBy.set(number, wrappedBy.get(number) + more);
    }

    private KeyTable.Owner hashed(VaultOwner owner) {
        byte[] hash = sha256.digest(owner.key().getBytes(StandardCharsets.UTF_8));
        return new KeyTable.Owner(KeyTable.longAt(hash, 0), KeyTable.longAt(hash, 8));
    }

    private static int masterOf(byte[] entry) {
        return (entry[KeyTable.HEAD - 2] & 0xFF) << 8 | entry[KeyTable.HEAD - 1] & 0xFF;
    }

    @Override
    public DataKey find(VaultOwner owner, UUID keyId) {
        byte[] entry = table.get(hashed(owner), keyId);
        if (entry == null) {
            return null;
        }
        DataKey known = unwrapped.get(keyId);
        if (known == null) {
            known = unwrap(keyId, entry);
            if (known != null) {
                unwrapped.put(keyId, known);
            }
        }
        return known;
    }

    private DataKey unwrap(UUID keyId, byte[] entry) {
        String masterKey = masterKeys.get(masterOf(entry));
        if (!master.knows(masterKey)) {
            return null;
        }
        byte[] bytes = master.unwrap(new WrappedKey(masterKey, Arrays.copyOfRange(entry, KeyTable.HEAD, entry.length)));
        return bytes == null ? null : new DataKey(keyId, bytes);
    }

    @Override
    public Written make(VaultOwner owner) {
        return write(owner, DataKey.make(entropy));
    }

    private Written write(VaultOwner owner, DataKey key) {
        WrappedKey wrapped = master.wrap(key.bytes());
        put(owner, key.id(), wrapped);
        unwrapped.put(key.id(), key);
        return new Written(key.id(), wrapped);
    }

    @Override
    public Written renew(VaultOwner owner, UUID keyId) {
        byte[] entry = table.get(hashed(owner), keyId);
        if (entry == null || masterKeys.get(masterOf(entry)).equals(master.current())) {
            return null;
        }
        DataKey key = find(owner, keyId);
        return key == null ? null : write(owner, key);
    }

    @Override
    public List<UUID> all(VaultOwner owner) {
        return table.ids(hashed(owner));
    }

    @Override
    public void forget(VaultOwner owner, UUID keyId) {
        unwrapped.remove(keyId);
        KeyTable.Owner hashed = hashed(owner);
        byte[] entry = table.get(hashed, keyId);
        if (entry != null) {
            table.remove(hashed, keyId);
            count(masterOf(entry), -1);
        }
    }

    /** How many keys there are. */
    public int size() {
        return table.size();
    }

    /** How many of them are wrapped by another master key than the current one. */
    public int underEarlierMasterKeys() {
        int current = masterKeys.indexOf(master.current());
        return table.size() - (current < 0 ? 0 : wrappedBy.get(current));
    }

    /** How many keys each master key has wrapped that is not there. */
    public Map<String, Integer> underMissingMasterKeys() {
        Map<String, Integer> missing = new LinkedHashMap<>();
        for (int i = 0; i < masterKeys.size(); i++) {
            if (wrappedBy.get(i) > 0 && !master.knows(masterKeys.get(i))) {
                missing.put(masterKeys.get(i), wrappedBy.get(i));
            }
        }
        return missing;
    }
}
