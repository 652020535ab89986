package io.millrace.gateway.access;

/** What tests of other packages need to be denied. */
public final class TestAccess {

    private TestAccess() {}

    public static Caller deny() throws DeniedException {
        throw new DeniedException("nobody that the test knows");
    }

    public static AccessUnavailableException unavailable() {
        return new AccessUnavailableException("not now");
    }
}
