package io.millrace.logic.vault;

import io.millrace.schema.wire.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Whose vault it is. Ids have no control characters. */
public record VaultOwner(String tenant, String conversationId) {
    private static final int ID_LENGTH = 36;

    /** By which it is remembered. */
    public String key() {
        return tenant + '\n' + conversationId;
    }

    /** Whose vault is remembered by that key. */
    static VaultOwner of(String key) {
        int end = key.indexOf('\n');
        return new VaultOwner(key.substring(0, end), key.substring(end + 1));
    }

    /**
     * The key of the record that holds one of its keys, {@code tenant/conversation/key-id}. A slash in the tenant is
     * written as {@code %2F}, so that no two conversations have one.
     */
    public byte[] recordKey(UUID keyId) {
        return (RecordKey.part(tenant) + '/' + conversationId + '/' + keyId).getBytes(StandardCharsets.UTF_8);
    }

    /** A key of a conversation. */
    public record OwnedKey(VaultOwner owner, UUID keyId) {}

    /** What a record is about, by its key; null when it is not one of {@link #recordKey}. */
    public static OwnedKey ofRecord(byte[] recordKey) {
        String text = new String(recordKey, StandardCharsets.UTF_8);
        int first = text.indexOf('/');
        int last = text.length() - ID_LENGTH - 1;
        if (first < 1 || last <= first || text.charAt(last) != '/') {
            return null;
        }
        try {
            String tenant = RecordKey.id(text.substring(0, first));
            return new OwnedKey(
                    new VaultOwner(tenant, text.substring(first + 1, last)), UUID.fromString(text.substring(last + 1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
