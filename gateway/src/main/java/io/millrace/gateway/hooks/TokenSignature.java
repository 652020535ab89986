package io.millrace.gateway.hooks;

import java.util.Locale;

/**
 * A token that the sender sends along.
 *
 * @param header in which it is, in small letters; in {@code authorization} after the word Bearer
 */
record TokenSignature(String header, Secrets secrets) implements Signature {
    static final String AUTHORIZATION = "authorization";

    private static final String BEARER = "bearer ";

    @Override
    public String secretHeader() {
        return header;
    }

    @Override
    public void check(HookRequest request) throws UnsignedException {
        String given = request.headers().get(header);
        if (given == null) {
            throw new UnsignedException("the header " + header + " is missing");
        }
        if (header.equals(AUTHORIZATION)) {
            if (!given.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                throw new UnsignedException("the header " + header + " must be: Bearer TOKEN");
            }
            given = given.substring(BEARER.length()).strip();
        }
        if (!secrets.isOne(given)) {
            throw new UnsignedException("the token is not the sender's");
        }
    }
}
