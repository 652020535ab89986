package io.millrace.operators.conversation;

import io.millrace.logic.vault.Entropy;
import io.millrace.logic.vault.KeyUnwrapper;
import io.millrace.logic.vault.MasterKey;
import io.millrace.logic.vault.MasterKeyRing;
import java.io.IOException;

/**
 * Master keys in a file, see {@link MasterKeyRing}.
 *
 * @param service unwraps those that it names with a URL
 */
public record MasterKeyFile(KeyFile file, KeyUnwrapper service) implements MasterKeySource {
    private static final long serialVersionUID = 1L;

    @Override
    public String setting() {
        return file.setting();
    }

    @Override
    public MasterKey open(Entropy entropy) throws IOException {
        try {
            return MasterKeyRing.parse(file.read(0), entropy, service);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file.setting() + ": the file " + file.file() + " can't be used: " + e.getMessage(), e);
        }
    }
}
