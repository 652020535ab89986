package io.millrace.gateway.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** What names a version of an answer (RFC 9110 §8.8.3): who has that one already is not given it again. */
public record EntityTag(String value) {
    private static final int DIGEST_BYTES = 16;

    /** One of just this answer. */
    public static EntityTag of(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new EntityTag(HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the caller has it already. */
    public boolean isKnownTo(Call call) {
        String known = call.header("If-None-Match");
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(quoted()));
    }

    /** Nothing but that it is this one still. */
    public Reply notModified() {
        return new Reply(304, Reply.JSON, new byte[0], Map.of("ETag", quoted()), null);
    }

    /** JSON, with the tag. */
    public Reply json(byte[] body) {
        return Reply.json(body).with("ETag", quoted());
    }

    private String quoted() {
        return '"' + value + '"';
    }
}
