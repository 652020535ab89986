package io.millrace.gateway.hooks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A keyed hash of the body (RFC 2104) in a header, and of when it was sent, if that is said.
 *
 * @param header in small letters
 * @param prefix before the hash in the header; may be empty
 * @param timestamp the header that says when it was sent, in small letters; null for none
 * @param signed what is signed: a text in which {@code {timestamp}} and {@code {body}} stand for these
 * @param tolerance how far from now it may have been sent
 */
record HmacSignature(
        String header,
        Algorithm algorithm,
        Encoding encoding,
        String prefix,
        String timestamp,
        String signed,
        Duration tolerance,
        Secrets secrets)
        implements Signature {
    static final String BODY = "{body}";
    static final String TIMESTAMP = "{timestamp}";

    /** Of the hash. */
    enum Algorithm {
        SHA1,
        SHA256,
        SHA512;

        String mac() {
            return "Hmac" + name();
        }
    }

    /** How the hash is written. */
    enum Encoding {
        HEX,
        BASE64;

        /** Null when it is not written so. */
        byte[] read(String text) {
            try {
                return this == HEX
                        ? HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))
                        : Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    @Override
    public void check(HookRequest request) throws UnsignedException {
        String given = header(request, header);
        byte[] hash = given.startsWith(prefix) ? encoding.read(given.substring(prefix.length())) : null;
        String sentAt = timestamp == null ? "" : header(request, timestamp);
        if (hash == null || !secrets.signed(algorithm.mac(), List.of(hash), parts(signed, sentAt, request.body()))) {
            throw new UnsignedException("the signature is not one of the body by the sender");
        }
        if (timestamp != null) {
            SentAt.check(sentAt, tolerance, request.atMillis());
        }
    }

    private static String header(HookRequest request, String name) throws UnsignedException {
        String value = request.headers().get(name);
        if (value == null) {
            throw new UnsignedException("the header " + name + " is missing");
        }
        return value;
    }

    /** What is signed, one after the other. */
    static List<byte[]> parts(String signed, String timestamp, byte[] body) {
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        for (int next = signed.indexOf(BODY); next >= 0; next = signed.indexOf(BODY, at)) {
            parts.add(text(signed.substring(at, next), timestamp));
            parts.add(body);
            at = next + BODY.length();
        }
        parts.add(text(signed.substring(at), timestamp));
        return parts;
    }

    private static byte[] text(String part, String timestamp) {
        return part.replace(TIMESTAMP, timestamp).getBytes(StandardCharsets.UTF_8);
    }
}
