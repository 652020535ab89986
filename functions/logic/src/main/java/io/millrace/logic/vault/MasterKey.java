package io.millrace.logic.vault;

import java.io.IOException;

/**
 * Wraps and unwraps the keys of conversations. Several keys may be known: one wraps, all unwrap. For one thread. Whoever
 * has to ask a service may fail for the moment, which is not taken for a key that is gone.
 */
public interface MasterKey {

    /** @throws IOException when it can't be asked now */
    WrappedKey wrap(byte[] key) throws IOException;

    /**
     * The key that was wrapped; null when this is not what wrapped it, though its id may say so.
     *
     * @throws IOException when it can't be asked now
     */
    byte[] unwrap(WrappedKey wrapped) throws IOException;

    /** Whether a master key of that id is there to unwrap. */
    boolean knows(String id);

    /** The id of the one that wraps. */
    String current();
}
