package io.millrace.local.topic;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Lines of bytes that can be read more than once in constant memory: a file, or standard input spooled to a temporary
 * one.
 */
public final class LineSource implements AutoCloseable {

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

    /** Reads {@code in} to its end. */
    public static LineSource spool(InputStream in, String name) throws IOException {
        Path spool = Files.createTempFile("millrace-publish-", ".jsonl");
        Files.copy(in, spool, StandardCopyOption.REPLACE_EXISTING);
        return new LineSource(spool, name, true);
    }

    /** What error messages call it. */
    String name() {
        return name;
    }

    /** Takes each line that is not blank, with its number from 1. */
    @FunctionalInterface
    interface LineConsumer {
        void accept(long number, byte[] line) throws IOException;
    }

    void forEach(LineConsumer consumer) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    emit(number++, line, consumer);
                } else {
                    line.write(next);
                }
            }
            emit(number, line, consumer);
        }
    }

    private static void emit(long number, ByteArrayOutputStream line, LineConsumer consumer) throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        byte[] trimmed = length == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, length);
        if (!isBlank(trimmed)) {
            consumer.accept(number, trimmed);
        }
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
