package io.millrace.logic.vault;

import java.util.UUID;

/** What is to be done for a vault. */
public sealed interface VaultCommand<E, R> {

    /** To write a key, so that it is there when the state is read again. */
    record WriteKey<E, R>(VaultOwner owner, UUID keyId, WrappedKey wrapped) implements VaultCommand<E, R> {}

    /** To delete the record of a key. */
    record DeleteKey<E, R>(VaultOwner owner, UUID keyId) implements VaultCommand<E, R> {}

    /** To send on what came, with tokens. */
    record SendOn<E, R>(E event) implements VaultCommand<E, R> {}

    /**
     * To send a reply, with values.
     *
     * @param tokens what became of them, over all its texts
     */
    record Answer<E, R>(R reply, TokenCounts tokens) implements VaultCommand<E, R> {}
}
