package io.millrace.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The audit job's key. */
final class KeyOption {
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The audit job's key. Default: audit.key in the data directory.")
    private Path keyFile;

    /** @throws CommandFailure when it can't be read */
    byte[] read(LakeOption lake) {
        Path file = keyFile != null ? keyFile : lake.data().resolve("audit.key");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure("the key " + file + " can't be read; say where it is with --key-file", e);
        }
    }
}
