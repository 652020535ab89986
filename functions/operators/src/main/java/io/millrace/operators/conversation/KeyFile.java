package io.millrace.operators.conversation;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with keys. It is read by each task where it runs, so that no key is in the job that is submitted.
 *
 * @param setting that says where it is
 */
public record KeyFile(String setting, String file) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MOST_BYTES = 64 << 10;

    /** @throws IOException naming setting and file when it can't be read, or has less than {@code least} bytes */
    byte[] read(int least) throws IOException {
        byte[] bytes;
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException | RuntimeException e) {
            throw new IOException(setting + ": the file " + file + " can't be read: " + e, e);
        }
        if (bytes.length < least) {
            throw new IOException(
                    setting + ": the file " + file + " has " + bytes.length + " bytes; it must have at least " + least);
        }
        return bytes;
    }
}
