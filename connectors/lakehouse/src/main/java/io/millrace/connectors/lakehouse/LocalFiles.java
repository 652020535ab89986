package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Files of this machine by their paths. Hadoop's would bring threads, hooks and files of checksums with them. */
public final class LocalFiles implements FileIO, SupportsPrefixOperations {
    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String path) {
        return org.apache.iceberg.Files.localInput(Path.of(path).toFile());
    }

    @Override
    public OutputFile newOutputFile(String path) {
        try {
            // Iceberg's own way fails when two make a directory at once.
            Files.createDirectories(Path.of(path).toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return org.apache.iceberg.Files.localOutput(Path.of(path).toFile());
    }

    /** The files in a directory, or none when it is not there. */
    @Override
    public Iterable<FileInfo> listPrefix(String directory) {
        Path root = Path.of(directory);
        List<FileInfo> found = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                found.add(new FileInfo(
                        file.toString(),
                        Files.size(file),
                        Files.getLastModifiedTime(file).toMillis()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public void deletePrefix(String directory) {
        listPrefix(directory).forEach(file -> deleteFile(file.location()));
    }

    @Override
    public void deleteFile(String path) {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
