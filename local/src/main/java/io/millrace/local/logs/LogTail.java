package io.millrace.local.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads a log from its beginning, and if asked to goes on as it grows; also when it is begun anew, as when it is full. */
public final class LogTail {
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(300);
    private static final int CHUNK = 1 << 16;
    /** Of a line. */
    private static final int MAX_BYTES = 1 << 20;
    /** Of an entry of several lines, about: more of a stack trace helps nobody. */
    private static final int MAX_CHARS = 1 << 16;

    private final Path file;
    private final LogFilter filter;
    private final Consumer<LogEntry> out;
    private final ZoneId zone;
    /** Of a line that has not ended. */
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    private LogEntry current;

    /**
     * @param zone of times without one
     * @param out gets each entry that the filter accepts
     */
    public LogTail(Path file, LogFilter filter, ZoneId zone, Consumer<LogEntry> out) {
        this.file = file;
        this.filter = filter;
        this.zone = zone;
        this.out = out;
    }

    /** Reads what is there. */
    public void read() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            take(log);
        }
        end();
    }

    /** Reads what is there and what comes. @param stopped waits for that long; whether to stop */
    public void follow(Predicate<Duration> stopped) throws IOException {
        long position = 0;
        do {
            try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
                if (log.length() < position) {
                    end();
                    position = 0;
                }
                log.seek(position);
                take(log);
                // What comes next may be the stack trace of what came last.
                if (log.getFilePointer() == position && rest.size() == 0) {
                    tell();
                }
                position = log.getFilePointer();
            }
        } while (!stopped.test(LOOK_AGAIN_AFTER));
        end();
    }

    private void take(RandomAccessFile log) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int read;
        while ((read = log.read(chunk)) > 0) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    endLine();
                } else if (rest.size() < MAX_BYTES) {
                    rest.write(chunk[i]);
                }
            }
        }
    }

    private void endLine() {
        line(rest.toString(StandardCharsets.UTF_8));
        rest.reset();
    }

    private void line(String line) {
        LogEntry next = LogEntry.of(line, zone);
        if (next != null) {
            tell();
            current = next;
        } else if (current != null && current.message().length() < MAX_CHARS) {
            current = current.and(line);
        }
    }

    private void end() {
        if (rest.size() > 0) {
            endLine();
        }
        tell();
    }

    private void tell() {
        if (current != null && filter.accepts(current)) {
            out.accept(current);
        }
        current = null;
    }
}
