package io.millrace.gateway.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows callers by keys. The file is looked at again every few seconds, so that a key is taken away without a start; one
 * that is wrong is said in the log, and the keys before it stay.
 */
public final class KeyAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAccess.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_KEY = 500;
    private static final String UNKNOWN = "a key of this gateway is needed: Authorization: Bearer KEY";

    private final Path file;
    private volatile Map<String, Caller> callers;
    private FileTime modified;
    private long looked = System.nanoTime();

    /** @throws IllegalArgumentException saying what is wrong with the file */
    public KeyAccess(Path file) {
        this.file = file;
        modified = modified();
        callers = KeyFile.read(file);
    }

    @Override
    public Caller identify(Credentials credentials) throws DeniedException {
        refresh();
        String key = credentials.token();
        if (key == null || key.length() > MAX_KEY) {
            throw new DeniedException(UNKNOWN);
        }
        // What is looked up is a hash, so how long that takes tells nothing of the keys.
        Caller caller = callers.get(sha256(key));
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

    private synchronized void refresh() {
        if (System.nanoTime() - looked < LOOK_EVERY_NANOS) {
            return;
        }
        looked = System.nanoTime();
        FileTime now = modified();
        if (now != null && !now.equals(modified)) {
            modified = now;
            reload();
        }
    }

    /** Reads the file again. */
    void reload() {
        try {
            callers = KeyFile.read(file);
            LOG.info("Read {} keys", callers.size());
        } catch (IllegalArgumentException e) {
            LOG.error("The file of keys is wrong, and the keys stay as they were: {}", e.getMessage());
        }
    }

    private FileTime modified() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String description() {
        return "by keys";
    }
}
