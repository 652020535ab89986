package io.millrace.logic.vault;

import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** A key of one conversation, 256 bits, in the clear. Not to be written anywhere but {@link MasterKey#wrap wrapped}. */
public final class DataKey {
    private final UUID id;
    private final SecretKeySpec key;

    /** @throws IllegalArgumentException when it has not 32 bytes */
    public DataKey(UUID id, byte[] bytes) {
        this.id = id;
        this.key = AesGcm.key(bytes);
    }

    /** A new one, whose id is random too: no other attempt at the same record has made one of that id. */
    static DataKey make(Entropy entropy) {
        byte[] name = entropy.next(16);
        name[6] = (byte) (name[6] & 0x0F | 0x40);
        name[8] = (byte) (name[8] & 0x3F | 0x80);
        return new DataKey(uuid(name), entropy.next(AesGcm.KEY_BYTES));
    }

    private static UUID uuid(byte[] bytes) {
        long most = 0;
        long least = 0;
        for (int i = 0; i < 8; i++) {
            most = most << 8 | bytes[i] & 0xFF;
            least = least << 8 | bytes[i + 8] & 0xFF;
        }
        return new UUID(most, least);
    }

    public UUID id() {
        return id;
    }

    SecretKeySpec key() {
        return key;
    }

    byte[] bytes() {
        return key.getEncoded();
    }

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
