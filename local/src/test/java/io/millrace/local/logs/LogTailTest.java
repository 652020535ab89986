package io.millrace.local.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LogFilter ALL = new LogFilter("TRACE", null, Instant.MIN);

    @TempDir
    private Path directory;

    private final List<LogEntry> entries = new ArrayList<>();

    @Test
    void linesForPeopleAndObjectsAreReadAlike() throws IOException {
        read(
                ALL,
                "2026-11-29 10:00:00.123 WARN  [main-1] i.m.Job correlation_id=c-1 it is slow\n"
                        + "{\"time\":\"2026-11-29T09:00:00.123Z\",\"level\":\"WARN\",\"logger\":\"i.m.Job\","
                        + "\"correlation_id\":\"c-1\",\"message\":\"it is slow\",\"exception\":\"\"}\n");

        LogEntry entry =
                new LogEntry(Instant.parse("2026-11-29T09:00:00.123Z"), "WARN", "i.m.Job", "c-1", "it is slow");
        assertThat(entries).containsExactly(entry, entry);
    }

    @Test
    void aStackTraceBelongsToItsEntry() throws IOException {
        read(
                ALL,
                "of the file before\n2026-11-29 10:00:00.123 ERROR [a] b it broke\njava.lang.Error: x\n\tat y\n"
                        + "2026-11-29 10:00:00.124 INFO  [a] b on it goes");

        assertThat(entries)
                .extracting(LogEntry::message)
                .containsExactly("it broke\njava.lang.Error: x\n\tat y", "on it goes");
    }

    @Test
    void onlyWhatIsAskedForIsGiven() throws IOException {
        String log = "2026-11-29 10:00:00.000 ERROR [a] b old\n"
                + "2026-11-29 11:00:00.000 INFO  [a] b not severe\n"
                + "2026-11-29 11:00:00.000 WARN  [a] b correlation_id=c-2 of another\n"
                + "2026-11-29 11:00:00.000 ERROR [a] b correlation_id=c-1 this one\n";

        read(new LogFilter("WARN", "c-1", Instant.parse("2026-11-29T10:00:00Z")), log);

        assertThat(entries).extracting(LogEntry::message).containsExactly("this one");
        assertThatThrownBy(() -> new LogFilter("LOUD", null, Instant.MIN)).hasMessageContaining("no level LOUD");
    }

    @Test
    void aLogIsFollowedAlsoWhenItBeginsAnew() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), line(1) + line(2).substring(0, 30));
        List<Runnable> happenings = new ArrayList<>(List.of(
                () -> append(file, line(2).substring(30)),
                () -> {
                    append(file, line(3));
                    write(file, line(4));
                },
                () -> append(file, line(5))));
        Predicate<Duration> next = wait -> {
            if (happenings.isEmpty()) {
                return true;
            }
            happenings.remove(0).run();
            return false;
        };

        new LogTail(file, ALL, PARIS, entries::add).follow(next);

        assertThat(entries).extracting(LogEntry::message).containsExactly("1", "2", "4", "5");
    }

    @Test
    void whatSpansChunksIsWhole() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            log.append(line(i).replace("b " + i, "b é " + i));
        }

        read(ALL, log.toString());

        assertThat(entries).hasSize(5_000);
        assertThat(entries).extracting(LogEntry::message).allMatch(message -> message.startsWith("é "));
    }

    private static String line(int number) {
        return "2026-11-29 10:00:00.000 INFO  [a] b " + number + "\n";
    }

    private void read(LogFilter filter, String log) throws IOException {
        new LogTail(Files.writeString(directory.resolve("log"), log), filter, PARIS, entries::add).read();
    }

    private static void append(Path file, String text) {
        change(file, text, StandardOpenOption.APPEND);
    }

    private static void write(Path file, String text) {
        change(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void change(Path file, String text, StandardOpenOption how) {
        try {
            Files.writeString(file, text, how);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
