package io.millrace.operations.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.util.FileLock;

/**
 * The broker's data directory, locked while it is used. Kafka locks it too, but only after its controller has begun to
 * write there. The operating system drops the lock when the process ends, however it ends.
 */
final class BrokerStorage implements AutoCloseable {
    private final FileLock lock;

    private BrokerStorage(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Makes {@code directory} a Kafka storage directory with a cluster id of its own, unless it already is one.
     *
     * @throws IllegalStateException when that fails, or another broker uses it; the message names the directory
     */
    static BrokerStorage open(Path directory) {
        BrokerStorage storage = new BrokerStorage(lock(directory));
        try {
            formatIfNew(directory);
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static FileLock lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileLock lock = new FileLock(directory.resolve(".broker.lock").toFile());
            if (lock.tryLock()) {
                return lock;
            }
            lock.unlockAndClose();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot make the Kafka data directory " + directory + ": " + e.getMessage(), e);
        }
        throw new IllegalStateException("Another broker uses the Kafka data directory " + directory);
    }

    private static void formatIfNew(Path directory) {
        try {
            // Written last and atomically: a directory whose formatting was interrupted is formatted again.
            if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                return;
            }
            new Formatter()
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Cannot format the Kafka data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.unlockAndClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
