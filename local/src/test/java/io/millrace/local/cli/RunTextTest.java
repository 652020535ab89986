package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.RunTree;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTextTest {
    private static final Instant NOW = Instant.parse("2026-12-02T07:10:00Z");
    private static final Terminal PLAIN = new Terminal(System.out, false, false, 100);

    private static SourceRecord example(String type) throws Exception {
        try (InputStream in = RunTextTest.class.getResourceAsStream("/examples/" + type + ".v1.json")) {
            return new SourceRecord("t", 0, 0, 0, null, in.readAllBytes(), List.of());
        }
    }

    @Test
    void runsAreListedInALineEach() throws Exception {
        assertThat(RunText.table(List.of(WorkflowRun.read(example("workflow.run"))), NOW))
                .containsExactly(
                        "  run        workflow       state   started  took   waiting for            cost     attributes",
                        "  release-7  release 1.0.0  failed  9 min    8 min  approval: Release it?  0.00016  service=billing");
    }

    @Test
    void aRunIsShownAsATree() throws Exception {
        WorkflowRun run = WorkflowRun.read(example("workflow.run"));
        RunTree tree = RunTree.of(List.of(WorkflowEvent.read(example("workflow.event"))));

        assertThat(String.join("\n", RunText.show(run, tree, NOW, PLAIN)))
                .startsWith("release-7  release 1.0.0  failed\n")
                .contains("cost        0.00016, 2 steps ended, 1 retry")
                .contains("waits for   approval: Release it? at /do/1/approve, since 6 min, until 2026-12-02T07:34:00Z;"
                        + " request 5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11")
                .contains("error       Communication Error: unreachable: no answer from scanner (at /do/0/scan)")
                .contains("✗ scan  agent  failed  1         412 ms  0.00016  unreachable: no answer from scanner")
                .endsWith("  output\n    {\n      \"released\" : false\n    }");
    }

    @Test
    void whatHappensIsToldInALine() throws Exception {
        assertThat(RunText.line(WorkflowEvent.read(example("workflow.event"))))
                .isEqualTo(
                        "2026-12-02T07:08:00Z  step failed  /do/0/scan [2/0], 412 ms, cost 0.00016, waits for agent scanner,"
                                + " by ada@example.com: Communication Error: unreachable: no answer from scanner (at /do/0/scan)");
    }
}
