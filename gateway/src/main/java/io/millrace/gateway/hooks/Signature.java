package io.millrace.gateway.hooks;

/** How a sender shows that it is the one. */
interface Signature {

    /** @throws UnsignedException when it does not */
    void check(HookRequest request) throws UnsignedException;

    /** The header that holds a secret, which is no data; in small letters. */
    default String secretHeader() {
        return TokenSignature.AUTHORIZATION;
    }
}
