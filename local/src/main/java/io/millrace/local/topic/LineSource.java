package io.millrace.local.topic;

import io.millrace.local.terminal.Figures;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lines of bytes that can be read more than once in constant memory: a file, or standard input spooled to a temporary
 * one.
 */
public final class LineSource implements AutoCloseable {

    /** More than any job accepts, and little enough to be read as JSON in a command's memory. */
    static final int MAX_LINE_BYTES = 2 << 20;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final String name;
    private final boolean temporary;

    private LineSource(Path file, String name, boolean temporary) {
        this.file = file;
        this.name = name;
        this.temporary = temporary;
    }

    public static LineSource of(Path file) {
        return new LineSource(file, file.toString(), false);
    }

    /**
     * Reads {@code in} to its end.
     *
     * @throws TopicException when a line is too long
     */
    public static LineSource spool(InputStream in, String name) throws IOException {
        Path spool = Files.createTempFile("millrace-publish-", ".jsonl");
        spool.toFile().deleteOnExit();
        LineSource source = new LineSource(spool, name, true);
        try (OutputStream out = Files.newOutputStream(spool)) {
            source.copy(in, out);
            return source;
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** A line without an end must not fill the disk. */
    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long number = 1;
        int length = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    number++;
                    length = 0;
                } else if (++length > MAX_LINE_BYTES) {
                    throw tooLong(number);
                }
            }
            out.write(buffer, 0, read);
        }
    }

    private TopicException tooLong(long number) {
        return new TopicException(name + ":" + number + ": the line has more than " + Figures.count(MAX_LINE_BYTES)
                + " bytes, which is the limit");
    }

    /** What error messages call it. */
    String name() {
        return name;
    }

    /** Takes each line that is not blank, with its number from 1, and says whether it takes the next one. */
    @FunctionalInterface
    interface LineConsumer {
        boolean accept(long number, byte[] line) throws IOException;
    }

    /** @throws TopicException when a line is too long */
    void forEach(LineConsumer consumer) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    if (!emit(number++, line, consumer)) {
                        return;
                    }
                } else if (line.size() == MAX_LINE_BYTES) {
                    throw tooLong(number);
                } else {
                    line.write(next);
                }
            }
            emit(number, line, consumer);
        }
    }

    private static boolean emit(long number, ByteArrayOutputStream line, LineConsumer consumer) throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        byte[] trimmed = length == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, length);
        return isBlank(trimmed) || consumer.accept(number, trimmed);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(file);
        }
    }
}
