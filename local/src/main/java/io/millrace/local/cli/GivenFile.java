package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that was named to a command, or standard input, read as a whole.
 *
 * @param name what messages call it
 */
record GivenFile(String name, byte[] bytes) {

    private static final String STANDARD_INPUT = "-";

    /**
     * Reads it, and no further than it may be long: some files have no end.
     *
     * @param file {@code -} for standard input
     * @throws CommandFailure when it is a directory, or has more than {@code maxBytes}
     */
    static GivenFile read(String file, int maxBytes) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return read("stdin", System.in, maxBytes);
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new CommandFailure(file + " is a directory; name a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(file, in, maxBytes);
        }
    }

    private static GivenFile read(String name, InputStream in, int maxBytes) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new CommandFailure(name + " has more than " + Figures.count(maxBytes) + " bytes, which is the limit");
        }
        return new GivenFile(name, bytes);
    }

    /**
     * The text that it is.
     *
     * @throws CommandFailure when it is not UTF-8; the message says in which line
     */
    String text() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(from, text, true).isError()) {
            long line = 1 + text.flip().chars().filter(c -> c == '\n').count();
            throw new CommandFailure(name + ":" + line + ": not UTF-8");
        }
        return text.flip().toString();
    }
}
