package io.millrace.jobs.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.lakehouse.LakeCommitter;
import io.millrace.operators.audit.SealRows;
import io.millrace.testing.jobs.JobContract;
import org.junit.jupiter.api.Test;

class AuditJobTest extends JobContract {

    AuditJobTest() {
        super(AuditJob.JOB, AuditJob.class, SealRows.class, LakeCommitter.class);
    }

    @Override
    protected java.util.Map<String, String> required() {
        return java.util.Map.of("lake.directory", "lake", "key-file", "key");
    }

    @Test
    void itSaysWhichSettingIsWrong() {
        assertThatThrownBy(() -> define("--key-file", "k")).hasMessageStartingWith("lake.directory: set either it or");
        assertThatThrownBy(() -> define("--lake.directory", "d")).hasMessageStartingWith("key-file: is not set");
        assertThatThrownBy(() -> define("--lake.directory", "d", "--key-file", "k", "--audited-topics", "["))
                .hasMessageStartingWith("audited-topics: is no regular expression");
        assertThatThrownBy(() -> define("--lake.catalog-file", "missing", "--key-file", "k"))
                .hasMessageStartingWith("lake.catalog-file: missing can't be read");
    }
}
