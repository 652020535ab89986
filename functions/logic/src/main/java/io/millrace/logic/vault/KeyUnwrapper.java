package io.millrace.logic.vault;

import java.io.IOException;
import java.io.Serializable;

/** A service that keeps a key to itself and unwraps what was wrapped by it. */
@FunctionalInterface
public interface KeyUnwrapper extends Serializable {

    /**
     * The key that was wrapped.
     *
     * @param keyId where the service's key is: a URL
     * @throws IOException when it can't be unwrapped now or by that key
     */
    byte[] unwrap(String keyId, byte[] wrapped) throws IOException;
}
