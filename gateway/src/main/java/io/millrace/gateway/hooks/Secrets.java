package io.millrace.gateway.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that a sender may have: one, or two while one is replaced. What they say is never told. */
final class Secrets {
    /** Characters of one. */
    static final int SHORTEST = 16;

    static final int MOST = 2;

    private final List<byte[]> secrets;

    Secrets(List<String> secrets) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Whether one of them is the token. How long that takes depends on no secret. */
    boolean isOne(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (byte[] secret : secrets) {
            found |= MessageDigest.isEqual(given, secret);
        }
        return found;
    }

    /**
     * Whether one of the signatures is by one of them. How long that takes depends on no secret.
     *
     * @param algorithm a Mac, as {@code HmacSHA256}
     * @param parts what is signed, one after the other
     */
    boolean signed(String algorithm, List<byte[]> signatures, List<byte[]> parts) {
        boolean found = false;
        for (byte[] secret : secrets) {
            byte[] expected = mac(algorithm, secret, parts);
            for (byte[] signature : signatures) {
                found |= MessageDigest.isEqual(signature, expected);
            }
        }
        return found;
    }

    private static byte[] mac(String algorithm, byte[] secret, List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            parts.forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + algorithm, e);
        }
    }
}
