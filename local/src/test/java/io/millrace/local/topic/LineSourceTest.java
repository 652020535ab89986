package io.millrace.local.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSourceTest {

    @TempDir
    private Path directory;

    /** As {@code /dev/zero}. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }

    @Test
    void aLineWithoutAnEndIsNotReadToIt() {
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.US_ASCII)), new Endless());

        assertThatThrownBy(() -> LineSource.spool(in, "stdin"))
                .isInstanceOf(TopicException.class)
                .hasMessage("stdin:2: the line has more than 2,097,152 bytes, which is the limit");
    }

    @Test
    void aLineOfAFileMayBeSoLongAndNoLonger() throws IOException {
        Path file = directory.resolve("lines");
        String longest = "x".repeat(LineSource.MAX_LINE_BYTES);
        Files.writeString(file, longest + "\n" + longest);
        List<Integer> lengths = new ArrayList<>();

        LineSource.of(file).forEach((number, line) -> lengths.add(line.length));
        Files.writeString(file, longest + "\n" + longest + "x");

        assertThat(lengths).containsExactly(LineSource.MAX_LINE_BYTES, LineSource.MAX_LINE_BYTES);
        assertThatThrownBy(() -> LineSource.of(file).forEach((number, line) -> true))
                .isInstanceOf(TopicException.class)
                .hasMessageStartingWith(file + ":2: the line has more than");
    }
}
