package io.millrace.gateway.access;

import io.millrace.gateway.file.WatchedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows callers by keys. The file is looked at again every few seconds, so that a key is taken away without a start; one
 * that is wrong or gone is said in the log for as long as it is, and the keys before it stay.
 */
public final class KeyAccess implements Access {
    private static final int MAX_KEY = 500;
    private static final String UNKNOWN = "a key of this gateway is needed: Authorization: Bearer KEY";

    private final WatchedFile<Map<String, Caller>> file;

    /** @throws IllegalArgumentException saying what is wrong with the file */
    public KeyAccess(Path file) {
        this.file = new WatchedFile<>(file, "keys", (path, named) -> KeyFile.read(path));
    }

    /**
     * @param nanos the clock
     * @param log is told what is wrong with the file later
     */
    KeyAccess(Path file, LongSupplier nanos, Consumer<String> log) {
        this.file = new WatchedFile<>(file, "keys", (path, named) -> KeyFile.read(path), nanos, log);
    }

    @Override
    public Caller identify(Credentials credentials) throws DeniedException {
        String key = credentials.token();
        if (key == null || key.length() > MAX_KEY) {
            throw new DeniedException(UNKNOWN);
        }
        // What is looked up is a hash, so how long that takes tells nothing of the keys.
        Caller caller = file.get().get(sha256(key));
        if (caller == null) {
            throw new DeniedException(UNKNOWN);
        }
        return caller;
    }

    /** By which a key stands in the file. */
    static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String description() {
        return "by keys";
    }
}
