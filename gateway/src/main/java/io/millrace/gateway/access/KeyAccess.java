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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows callers by keys. The file is looked at again every few seconds, so that a key is taken away without a start; one
 * that is wrong or gone is said in the log for as long as it is, and the keys before it stay.
 */
public final class KeyAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAccess.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_KEY = 500;
    private static final String UNKNOWN = "a key of this gateway is needed: Authorization: Bearer KEY";

    private final Path file;
    private final LongSupplier nanos;
    private final Complaints complaints;
    private volatile Map<String, Caller> callers;
    private FileTime modified;
    private long looked;
    private boolean bad;

    /** @throws IllegalArgumentException saying what is wrong with the file */
    public KeyAccess(Path file) {
        this(file, System::nanoTime, LOG::error);
    }

    /** @param log is told what is wrong with the file later */
    KeyAccess(Path file, LongSupplier nanos, Consumer<String> log) {
        this.file = file;
        this.nanos = nanos;
        complaints = new Complaints(nanos, log);
        looked = nanos.getAsLong();
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
        if (nanos.getAsLong() - looked < LOOK_EVERY_NANOS) {
            return;
        }
        looked = nanos.getAsLong();
        FileTime now = modified();
        if (now != null && !now.equals(modified)) {
            complaints.over();
            reload();
        } else if (now == null || bad) {
            reload();
        }
        modified = now;
    }

    /** Reads the file again. */
    synchronized void reload() {
        try {
            callers = KeyFile.read(file);
            bad = false;
            LOG.info("Read {} keys", callers.size());
        } catch (IllegalArgumentException e) {
            bad = true;
            complaints.say("The keys stay as they were, for their file is wrong: " + e.getMessage());
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
