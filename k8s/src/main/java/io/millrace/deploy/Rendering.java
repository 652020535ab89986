package io.millrace.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Manifests in a directory, a file for each, that a person can read and {@code kubectl apply} can take. */
final class Rendering {
    private static final String EXTENSION = ".yaml";

    private Rendering() {}

    /** Writes them, and takes away what an earlier rendering left there. */
    static void write(List<Manifest> manifests, Path directory) {
        try {
            Files.createDirectories(directory);
            for (Path old : files(directory)) {
                Files.delete(old);
            }
            for (Manifest manifest : manifests) {
                Files.writeString(directory.resolve(fileName(manifest)), manifest.toYaml());
            }
        } catch (IOException e) {
            throw new DeployException("can't write to " + directory + " (" + e + ")", e);
        }
    }

    private static String fileName(Manifest manifest) {
        return (manifest.kind() + "-" + manifest.name()).toLowerCase(Locale.ROOT) + EXTENSION;
    }

    /** @throws DeployException when there is none */
    static List<Manifest> read(Path directory) {
        List<Manifest> manifests = new ArrayList<>();
        try {
            for (Path file : files(directory)) {
                manifests.addAll(Manifest.parse(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new DeployException("can't read " + directory + " (" + e + ")", e);
        }
        if (manifests.isEmpty()) {
            throw new DeployException("there is nothing rendered at " + directory
                    + "; keep what you apply: ./millrace deploy render ENV --to DIR");
        }
        return manifests;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
        }
    }
}
