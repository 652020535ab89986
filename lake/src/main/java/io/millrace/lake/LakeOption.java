package io.millrace.lake;

import io.millrace.connectors.lakehouse.LakeCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which lake a command is about. */
final class LakeOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data directory of up or demo. Default: MILLRACE_DATA_DIR, else data in the project.")
    private Path dataDirectory;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description = "Properties file with Iceberg's catalog properties, instead of a data directory.")
    private Path catalogFile;

    /** Where {@code up} and {@code demo} keep what they know. */
    Path data() {
        if (dataDirectory != null) {
            return dataDirectory.toAbsolutePath().normalize();
        }
        String environment = System.getenv("MILLRACE_DATA_DIR");
        return environment == null || environment.isBlank()
                ? Path.of(System.getProperty("millrace.home", "."))
                        .toAbsolutePath()
                        .normalize()
                        .resolve("data")
                : Path.of(environment).toAbsolutePath().normalize();
    }

    /** @throws CommandFailure when there is no lake */
    LakeCatalog lake() {
        if (catalogFile == null) {
            Path directory = data().resolve("lake");
            if (!Files.isRegularFile(directory.resolve("catalog.db"))) {
                throw new CommandFailure("there is no lake at " + directory
                        + "; start one with: ./millrace demo, or say where it is with --data-dir or --catalog");
            }
            return LakeCatalog.local(directory);
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(catalogFile)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("the catalog file " + catalogFile + " can't be read: " + e, e);
        }
        return new LakeCatalog(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)));
    }
}
