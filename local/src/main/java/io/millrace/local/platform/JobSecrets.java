package io.millrace.local.platform;

import io.millrace.local.door.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What jobs and people share and nobody else may read, in the data directory: the keys by which calls of agents are
 * approved, the audit is sealed and personal data of conversations is kept, and a directory for what agents are reached with, one file per secret.
 */
public final class JobSecrets {

    /** Name of the file with the key, 64 hexadecimal digits. */
    public static final String APPROVAL_KEY = "approval.key";

    /** Name of the file with the key of the audit's chains and tokens. */
    static final String AUDIT_KEY = "audit.key";
    /** Name of the file with the key that wraps those of conversations. */
    static final String VAULT_KEY = "vault.key";

    /** Name of the directory; empty at first. */
    public static final String DIRECTORY = "secrets";

    private static final int KEY_BYTES = 32;

    private JobSecrets() {}

    /**
     * Makes what is missing, readable by its owner only. A key that is there stays: proofs were made with it.
     *
     * @throws PlatformException when the data directory cannot be written
     */
    static void ensure(Path dataDirectory) {
        try {
            OwnerOnly.make(dataDirectory.resolve(DIRECTORY));
            for (String name : List.of(APPROVAL_KEY, AUDIT_KEY, VAULT_KEY)) {
                if (!Files.exists(dataDirectory.resolve(name))) {
                    make(dataDirectory.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new PlatformException(
                    "cannot make the secrets of the jobs in the data directory " + dataDirectory + " (" + e + ")", e);
        }
    }

    private static void make(Path key) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        OwnerOnly.write(key, HexFormat.of().formatHex(bytes));
    }
}
