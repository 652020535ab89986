package io.millrace.logic.pii;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key by which the tokens of one tenant are made (HMAC-SHA256, RFC 2104). Immutable. */
public final class TokenKey {
    /** As many bytes as SHA-256 gives; shorter keys weaken it (RFC 2104 §3). */
    public static final int MIN_MASTER_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    /** Keeps these keys apart from whatever else is derived from the same master key. */
    private static final String PURPOSE = "millrace/pii/1\n";

    private final SecretKeySpec key;

    private TokenKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The key of a tenant. Tokens of two tenants have nothing in common, whatever they were made from.
     *
     * @param master at least {@link #MIN_MASTER_BYTES} bytes
     */
    public static TokenKey of(byte[] master, String tenant) {
        if (master.length < MIN_MASTER_BYTES) {
            throw new IllegalArgumentException("a master key must have at least " + MIN_MASTER_BYTES + " bytes");
        }
        Mac mac = mac(new SecretKeySpec(master, ALGORITHM));
        byte[] derived = mac.doFinal((PURPOSE + tenant).getBytes(StandardCharsets.UTF_8));
        return new TokenKey(new SecretKeySpec(derived, ALGORITHM));
    }

    Mac mac() {
        return mac(key);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "TokenKey[key]";
    }
}
