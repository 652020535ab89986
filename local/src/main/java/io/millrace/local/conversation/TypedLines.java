package io.millrace.local.conversation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lines as somebody types them, or as they come from a pipe, read by a thread of their own. Lines without text are passed
 * over; of one that is too long the beginning is kept, one character more than is allowed, so that whoever checks it sees
 * that.
 */
public final class TypedLines {
    private static final int AHEAD = 100;

    private final BufferedReader reader;
    private final int max;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean ended;

    private TypedLines(InputStream in, int max) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.max = max;
    }

    /** @param max characters of a line */
    public static TypedLines of(InputStream in, int max) {
        TypedLines typed = new TypedLines(in, max);
        Thread thread = new Thread(typed::readAll, "stdin");
        // Nobody waits for somebody who types nothing.
        thread.setDaemon(true);
        thread.start();
        return typed;
    }

    private void readAll() {
        try {
            for (String line = readLine(); line != null; line = readLine()) {
                if (!line.isBlank()) {
                    lines.put(line);
                }
            }
        } catch (IOException e) {
            // A terminal that is gone has nothing more to say.
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() <= max) {
                line.append((char) c);
            }
            c = reader.read();
        }
        return line.toString().strip();
    }

    /** The next line, if one is there. */
    public Optional<String> next() {
        return Optional.ofNullable(lines.poll());
    }

    /** Whether no line will come any more. */
    public boolean isEnded() {
        // In this order: the last line is put before the end is known.
        return ended && lines.isEmpty();
    }
}
