package io.millrace.operators.conversation;

import io.millrace.logic.vault.Entropy;
import io.millrace.logic.vault.KeyUnwrapper;
import io.millrace.logic.vault.MasterKeyRing;
import java.io.IOException;
import java.io.Serializable;

/**
 * Master keys in a file, see {@link MasterKeyRing}.
 *
 * @param service unwraps those that it names with a URL
 */
public record MasterKeyFile(KeyFile file, KeyUnwrapper service) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The setting that says where it is, for messages. */
    String setting() {
        return file.setting();
    }

    /** @throws IOException naming the setting when it can't be used */
    MasterKeyRing open(Entropy entropy) throws IOException {
        try {
            return MasterKeyRing.parse(file.read(0), entropy, service);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file.setting() + ": the file " + file.file() + " can't be used: " + e.getMessage(), e);
        }
    }
}
