package io.millrace.testing.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The broker's data directory. */
final class BrokerStorage {
    private BrokerStorage() {}

    /**
     * Makes {@code directory} a Kafka storage directory with a cluster id of its own, unless it already is one.
     *
     * @throws IllegalStateException when that fails; the message names the directory
     */
    static void formatIfNew(Path directory) {
        try {
            Files.createDirectories(directory);
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
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot make the Kafka data directory " + directory + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Cannot format the Kafka data directory " + directory + ": " + e.getMessage(), e);
        }
    }
}
