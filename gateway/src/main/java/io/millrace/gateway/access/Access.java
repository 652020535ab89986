package io.millrace.gateway.access;

/** Tells who calls. */
public interface Access {

    /**
     * @throws DeniedException when it is nobody that is known
     * @throws AccessUnavailableException when that can't be told now
     */
    Caller identify(Credentials credentials) throws DeniedException;

    /** For whoever reads how the gateway is set up. */
    String description();

    /** Whether whoever reaches it may do everything. */
    default boolean isOpen() {
        return false;
    }
}
