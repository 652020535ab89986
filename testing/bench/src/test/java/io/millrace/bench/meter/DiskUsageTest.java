package io.millrace.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUsageTest {

    @TempDir
    private Path directory;

    @Test
    void aFileWithSeveralLinksCountsOnce() throws Exception {
        Path below = Files.createDirectories(directory.resolve("a/b"));
        Path file = Files.write(below.resolve("file"), new byte[100]);
        Files.write(directory.resolve("other"), new byte[20]);
        Files.createLink(directory.resolve("link"), file);

        assertThat(DiskUsage.bytes(directory)).isEqualTo(120);

        DiskUsage.delete(directory.resolve("a"));
        assertThat(below).doesNotExist();
        assertThat(DiskUsage.bytes(directory)).isEqualTo(120);
    }
}
