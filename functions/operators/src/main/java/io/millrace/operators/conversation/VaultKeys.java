package io.millrace.operators.conversation;

import io.millrace.logic.pii.TokenKey;
import java.io.IOException;
import java.io.Serializable;

/**
 * What a vault is made with.
 *
 * @param tokens the key that tokens are made with, the same as the audit's where tokens of the lake are to be joined
 * @param master wraps the keys of conversations
 * @param log where those are written
 * @param acceptLost whether to go on where keys are wrapped by master keys that are not there: what is sealed with them is
 *     lost until they are back
 */
public record VaultKeys(KeyFile tokens, MasterKeyFile master, KeyLog log, boolean acceptLost) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The settings, by which messages name them. */
    public static final String TOKEN_KEY_FILE = "vault.hmac-key-file";

    public static final String MASTER_KEY_FILE = "vault.master-key-file";
    public static final String ACCEPT_LOST_KEYS = "vault.accept-lost-keys";

    byte[] tokenKey() throws IOException {
        return tokens.read(TokenKey.MIN_MASTER_BYTES);
    }
}
