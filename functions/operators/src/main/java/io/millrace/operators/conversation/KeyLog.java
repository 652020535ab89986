package io.millrace.operators.conversation;

import java.io.IOException;
import java.io.Serializable;

/** Where the keys of conversations are written: a compacted topic, which the vault reads itself before it begins. */
@FunctionalInterface
public interface KeyLog extends Serializable {

    /** Takes a record. */
    @FunctionalInterface
    interface Take {
        /** @param value null when the record with that key was deleted */
        void take(byte[] key, byte[] value);
    }

    /**
     * Gives all records that there are now, those with one key in their order. What was written in a transaction that is
     * not committed is among them: its checkpoint may be complete.
     *
     * @throws IOException when not all could be read within the time there is for it
     */
    void read(Take take) throws IOException;
}
