package io.millrace.jobs.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.lakehouse.LakeCommitter;
import io.millrace.operators.audit.KeepFigures;
import io.millrace.operators.audit.SealRows;
import io.millrace.testing.jobs.JobContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditJobTest extends JobContract {

    AuditJobTest() {
        super(AuditJob.JOB, AuditJob.class, SealRows.class, KeepFigures.class, LakeCommitter.class);
    }

    @Override
    protected Map<String, String> required() {
        try {
            Path key = Files.writeString(Path.of("target", "audit.key"), "0123456789abcdef0123456789abcdef");
            String lake = Files.createTempDirectory(Path.of("target"), "lake").toString();
            return Map.of("lake.directory", lake, "key-file", key.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itSaysWhichSettingIsWrong() {
        assertThatThrownBy(() -> define("--key-file", "k")).hasMessageStartingWith("lake.directory: set either it or");
        assertThatThrownBy(() -> define("--lake.directory", "d")).hasMessageStartingWith("key-file: is not set");
        assertThatThrownBy(() -> define("--lake.directory", "d", "--key-file", "k", "--audited-topics", "["))
                .hasMessageStartingWith("audited-topics: is no regular expression");
        assertThatThrownBy(() -> define("--lake.directory", "d", "--key-file", "k", "--commit-interval", "0 s"))
                .hasMessageStartingWith("commit-interval: must be at least 100 ms");
        assertThatThrownBy(() -> define("--lake.catalog-file", "missing", "--key-file", "k"))
                .hasMessageStartingWith("lake.catalog-file: missing can't be read");
    }
}
