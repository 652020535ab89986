package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class GivenFileTest {

    @TempDir
    private Path directory;

    private Path file(String latin1) throws IOException {
        return Files.write(directory.resolve("given"), latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    static boolean hasEndlessFile() {
        return Files.exists(Path.of("/dev/zero"));
    }

    @Test
    @EnabledIf("hasEndlessFile")
    void aFileWithoutAnEndIsNotReadToIt() {
        assertThatThrownBy(() -> GivenFile.read("/dev/zero", 1_000))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("/dev/zero has more than 1,000 bytes, which is the limit");
    }

    @Test
    void aFileMayBeSoLongAndNoLonger() throws IOException {
        String file = file("1234").toString();

        assertThat(GivenFile.read(file, 4).text()).isEqualTo("1234");
        assertThatThrownBy(() -> GivenFile.read(file, 3)).hasMessageStartingWith(file + " has more than 3 bytes");
    }

    @Test
    void aDirectoryIsNamed() {
        assertThatThrownBy(() -> GivenFile.read(directory.toString(), 4))
                .hasMessage(directory + " is a directory; name a file");
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() throws IOException {
        String file = file("agent: a\nversion: \u00e9\n").toString();

        assertThatThrownBy(() -> GivenFile.read(file, 100).text())
                .isInstanceOf(CommandFailure.class)
                .hasMessage(file + ":2: not UTF-8");
    }
}
