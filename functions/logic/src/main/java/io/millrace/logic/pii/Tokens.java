package io.millrace.logic.pii;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.Mac;

/** What stands in place of personal data: {@code TOKEN_} and a UUID, version 8 (RFC 9562 §5.8). For one thread. */
public final class Tokens {
    static final String PREFIX = "TOKEN_";
    static final int UUID_LENGTH = 36;
    /** Of a token, in characters. */
    public static final int LENGTH = PREFIX.length() + UUID_LENGTH;

    private final Mac mac;

    Tokens(TokenKey key) {
        mac = key.mac();
    }

    /** @param normal see {@link NormalForm} */
    String of(PiiType type, String normal) {
        mac.update(type.name().getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)));
        long most = digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        long least = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return PREFIX + new UUID(most, least);
    }

    /** Where the next token begins at or behind {@code from}; the end of the text when there is none. */
    public static int next(String text, int from) {
        int at = text.indexOf(PREFIX, from);
        while (at >= 0 && !standsAt(text, at)) {
            at = text.indexOf(PREFIX, at + 1);
        }
        return at < 0 ? text.length() : at;
    }

    /** The UUID of the token that stands there. */
    public static UUID idAt(String text, int at) {
        return UUID.fromString(text.substring(at + PREFIX.length(), at + LENGTH));
    }

    static boolean isToken(String text) {
        return text.length() == LENGTH && standsAt(text, 0);
    }

    /** Whether a token begins there. */
    static boolean standsAt(String text, int at) {
        return text.startsWith(PREFIX, at) && isUuid(text, at + PREFIX.length());
    }

    /** Whether 32 hexadecimal digits begin there, in groups of 8, 4, 4, 4 and 12. */
    static boolean isUuid(String text, int at) {
        if (at + UUID_LENGTH > text.length()) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(at + i);
            boolean right = i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : Chars.isHex(c);
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
