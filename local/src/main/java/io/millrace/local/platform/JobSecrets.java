package io.millrace.local.platform;

import io.millrace.testing.flink.RestSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What jobs and people share and nobody else may read, in the data directory: the key by which calls of agents are approved,
 * the secret with which the cluster is changed, and a directory for what agents are reached with, one file per secret.
 */
public final class JobSecrets {

    /** Name of the file with the key, 64 hexadecimal digits. */
    public static final String APPROVAL_KEY = "approval.key";
    /** Name of the file with the secret of Flink's REST API, 64 hexadecimal digits. */
    static final String REST_SECRET = "rest.secret";
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
            Path directory = dataDirectory.resolve(DIRECTORY);
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory, onlyOwner(directory, "rwx------"));
            }
            for (String name : List.of(APPROVAL_KEY, REST_SECRET)) {
                Path key = dataDirectory.resolve(name);
                if (!Files.exists(key)) {
                    make(key);
                }
            }
        } catch (IOException e) {
            throw new PlatformException(
                    "cannot make the secrets of the jobs in the data directory " + dataDirectory + " (" + e + ")", e);
        }
    }

    /** @throws PlatformException when it can't be read */
    static String restSecret(Path dataDirectory) {
        try {
            return RestSecret.read(dataDirectory.resolve(REST_SECRET));
        } catch (IOException e) {
            throw new PlatformException("cannot read the secret of the cluster (" + e.getMessage() + ")", e);
        }
    }

    /** Under another name first, so that no key is ever half a key. */
    private static void make(Path key) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Path unfinished = key.resolveSibling(key.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, onlyOwner(unfinished, "rw-------"));
        Files.write(unfinished, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
        try {
            Files.move(unfinished, key, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, key);
        }
    }

    private static FileAttribute<?>[] onlyOwner(Path file, String permissions) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
    }
}
