package io.millrace.logic.vault;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D). What is sealed is the nonce and, behind it, the ciphertext with its tag.
 *
 * <p>Nonces are random, never counted: a counter in state goes back to the last checkpoint after a crash, and would seal
 * other data under a nonce that was used. Random ones of 96 bits are good for 2^32 values under one key (§8.3).
 */
final class AesGcm {
    static final int KEY_BYTES = 32;
    /** What is added to the length of a value. */
    static final int OVERHEAD = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private AesGcm() {}

    static SecretKeySpec key(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + bytes.length);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** @param about what the value is bound to: it opens with the same alone */
    static byte[] seal(SecretKeySpec key, Entropy entropy, byte[] about, byte[] value) {
        byte[] nonce = entropy.next(NONCE_BYTES);
        byte[] sealed = new byte[value.length + OVERHEAD];
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, about);
            cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
        }
    }

    /** The value; null when it was not sealed with that key, or is bound to something else. */
    static byte[] open(SecretKeySpec key, byte[] about, byte[] sealed) {
        if (sealed.length < OVERHEAD) {
            return null;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, about);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has AES with 256 bits", e);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] about)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about);
        return cipher;
    }
}
