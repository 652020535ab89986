package io.millrace.logic.vault;

import java.util.List;
import java.util.UUID;

/**
 * The keys of conversations, each with an id. They are kept outside of the vault's state, where they can be thrown away:
 * then what was sealed with them is nothing but noise, in every copy there is of that state.
 */
public interface ConversationKeys {

    /** A key that was made, or wrapped anew; it has to be written. */
    record Written(UUID keyId, WrappedKey wrapped) {}

    /** The key of that id; null when it was thrown away or can't be unwrapped. */
    DataKey find(VaultOwner owner, UUID keyId);

    /** Makes a key, which can be {@link #find found} from now on. */
    Written make(VaultOwner owner);

    /**
     * Wraps a key anew that an earlier master key wrapped.
     *
     * @return null when there is no need, or no such key
     */
    Written renew(VaultOwner owner, UUID keyId);

    /** Whatever keys there are of a conversation, those of attempts that came to nothing among them. */
    List<UUID> all(VaultOwner owner);

    /** Forgets a key; none is found under its id any more. */
    void forget(VaultOwner owner, UUID keyId);
}
