package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Name-based UUIDs, version 5 (RFC 9562 §5.5): the same namespace and name always give the same id. */
public final class Uuid5 {

    private static final ThreadLocal<MessageDigest> SHA_1 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    });

    private Uuid5() {}

    /** The id of {@code name}, as UTF-8, within {@code namespace}. */
    public static UUID of(UUID namespace, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] input = new byte[16 + text.length];
        putLong(input, 0, namespace.getMostSignificantBits());
        putLong(input, 8, namespace.getLeastSignificantBits());
        System.arraycopy(text, 0, input, 16, text.length);
        byte[] hash = SHA_1.get().digest(input);
        long most = (getLong(hash, 0) & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long least = (getLong(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static void putLong(byte[] target, int at, long value) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long getLong(byte[] source, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | source[at + i] & 0xFF;
        }
        return value;
    }
}
