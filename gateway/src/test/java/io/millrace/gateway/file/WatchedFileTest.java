package io.millrace.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private Path file;
    private Path named;
    private long nanos;
    private long millis = 1_000_000;
    private WatchedFile<String> watched;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("file");
        named = directory.resolve("named");
        write(file, "a");
        write(named, "1");
        watched = new WatchedFile<>(file, "rules", this::read, () -> nanos, said::add);
    }

    private String read(Path path, Consumer<Path> names) {
        names.accept(named);
        try {
            String text = Files.readString(path) + Files.readString(named);
            if (text.contains("wrong")) {
                throw new IllegalArgumentException("it is wrong");
            }
            return text;
        } catch (IOException e) {
            throw new IllegalArgumentException("it can't be read", e);
        }
    }

    private void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.fromMillis(millis += 1_000));
    }

    private String afterSeconds(long seconds) {
        nanos += seconds * SECOND;
        return watched.get();
    }

    @Test
    void aChangeIsSeenWithinSeconds() throws Exception {
        write(file, "b");
        assertThat(afterSeconds(4)).isEqualTo("a1");
        assertThat(afterSeconds(1)).isEqualTo("b1");
    }

    @Test
    void aFileThatItNamesIsLookedAtToo() throws Exception {
        write(named, "2");
        assertThat(afterSeconds(5)).isEqualTo("a2");
    }

    @Test
    void whileItIsWrongOrGoneWhatWasStays() throws Exception {
        write(file, "wrong");
        assertThat(afterSeconds(5)).isEqualTo("a1");
        assertThat(said).containsExactly("The rules stay as they were, for their file is wrong: it is wrong");
        Files.delete(named);
        assertThat(afterSeconds(5)).isEqualTo("a1");
        write(file, "b");
        write(named, "3");
        assertThat(afterSeconds(5)).isEqualTo("b3");
    }

    @Test
    void whatLastsIsSaidAgainEachMinute() throws Exception {
        Files.delete(named);
        for (int i = 0; i < 13; i++) {
            afterSeconds(5);
        }
        assertThat(said).hasSize(2).allMatch(line -> line.contains("it can't be read"));
    }
}
