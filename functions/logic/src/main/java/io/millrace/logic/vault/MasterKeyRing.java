package io.millrace.logic.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Master keys that a file holds: a line each, of 64 hexadecimal digits, or the URL of a key of a service such as Azure Key
 * Vault, a blank, and in base64 what that key wrapped; blank lines and such as begin with # count nothing. The first one
 * wraps, all unwrap. So a new key is put first, and the one before stays until nothing is wrapped by it. For one thread.
 */
public final class MasterKeyRing {
    private static final int MOST_KEYS = 100;
    private static final String URL = "http";
    private static final int ID_BYTES = 8;
    private static final byte[] ID_OF = "millrace/vault/master-key/1".getBytes(StandardCharsets.US_ASCII);
    /** Nothing that is sealed with a data key is taken for a wrapped key. */
    private static final byte[] ABOUT = "millrace/vault/data-key/1".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, SecretKeySpec> keys;
    private final String current;
    private final Entropy entropy;

    private MasterKeyRing(Map<String, SecretKeySpec> keys, Entropy entropy) {
        this.keys = keys;
        this.current = keys.keySet().iterator().next();
        this.entropy = entropy;
    }

    /**
     * @param service of lines with a URL
     * @throws IllegalArgumentException saying which line is wrong, and nothing of a key
     * @throws IOException when the service does not unwrap one
     */
    public static MasterKeyRing parse(byte[] file, Entropy entropy, KeyUnwrapper service) throws IOException {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : new String(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                SecretKeySpec key = text.startsWith(URL) ? unwrapped(text, number, service) : key(text, number);
                keys.put(id(key), key);
            }
            if (keys.size() > MOST_KEYS) {
                throw new IllegalArgumentException("it holds more than " + MOST_KEYS + " keys");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no key; make one with: openssl rand -hex 32");
        }
        return new MasterKeyRing(keys, entropy);
    }

    private static SecretKeySpec unwrapped(String text, int line, KeyUnwrapper service) throws IOException {
        int blank = text.indexOf(' ');
        byte[] wrapped;
        try {
            wrapped = Base64.getDecoder()
                    .decode(text.substring(blank + 1).strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            wrapped = new byte[0];
        }
        if (blank < 0 || wrapped.length == 0) {
            throw new IllegalArgumentException(
                    "line " + line + " is not a URL, a blank, and in base64 what its key wrapped");
        }
        byte[] key = service.unwrap(text.substring(0, blank), wrapped);
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "what line " + line + " unwraps to has " + key.length + " bytes; a key has " + AesGcm.KEY_BYTES);
        }
        return AesGcm.key(key);
    }

    private static SecretKeySpec key(String text, int line) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            // Its message would say what stands there.
            throw new IllegalArgumentException("line " + line + " is not hexadecimal");
        }
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("line " + line + " has " + text.length()
                    + " hexadecimal digits; a key has " + 2 * AesGcm.KEY_BYTES);
        }
        return AesGcm.key(bytes);
    }

    /** Tells keys apart, and nothing about them. */
    private static String id(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(ID_OF), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    public WrappedKey wrap(byte[] key) {
        return new WrappedKey(current, AesGcm.seal(keys.get(current), entropy, ABOUT, key));
    }

    /** The key that was wrapped; null when this is not what wrapped it, though its id may say so. */
    public byte[] unwrap(WrappedKey wrapped) {
        SecretKeySpec key = keys.get(wrapped.masterKey());
        byte[] bytes = key == null ? null : AesGcm.open(key, ABOUT, wrapped.bytes());
        return bytes == null || bytes.length != AesGcm.KEY_BYTES ? null : bytes;
    }

    /** Whether a master key of that id is there to unwrap. */
    public boolean knows(String id) {
        return keys.containsKey(id);
    }

    /** The id of the one that wraps. */
    public String current() {
        return current;
    }

    @Override
    public String toString() {
        return "MasterKeyRing" + keys.keySet();
    }
}
