package io.millrace.gateway.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as senders do; by other means than those that look at it. */
public final class Signing {
    /** A secret that the tests share. */
    public static final String SECRET = "whsec-0123456789abcdef";

    private Signing() {}

    private static byte[] hmac(String algorithm, String secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "RAW"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(String algorithm, String secret, String text) {
        return HexFormat.of().formatHex(hmac(algorithm, secret, text));
    }

    public static String base64(String algorithm, String secret, String text) {
        return Base64.getEncoder().encodeToString(hmac(algorithm, secret, text));
    }
}
