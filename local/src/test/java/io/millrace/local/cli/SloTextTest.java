package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloTextTest {
    private static final Instant NOW = Instant.parse("2026-12-02T07:01:00.013Z");

    @Test
    void whoIsLateIsToldInALine() throws Exception {
        assertThat(SloText.overview(List.of(status()), NOW, false))
                .containsExactly(
                        "  group    topic   verdict  late by  unread  since  budget left  alerts",
                        "  billing  orders  stopped  41 s     120     10 s   98.31 %      page");
    }

    @Test
    void howTheBudgetWentIsDrawnOnATerminal() throws Exception {
        assertThat(SloText.overview(List.of(status()), NOW, true).get(1)).contains("98.31 % █▇");
        assertThat(SloText.line(List.of(1000, 500, 0))).isEqualTo("█▄▁");
    }

    @Test
    void aGroupIsToldByPartitionAndObjective() throws Exception {
        assertThat(String.join("\n", SloText.details(status(), NOW, false)))
                .contains("verdict", "deleted unread", "0          stopped  41 s     120     17         137")
                .contains("billing-is-fresh (late)", "5m 68.3, 1h 11.4");
    }

    private static SloStatus status() throws IOException, RejectedEventException {
        try (InputStream in = SloTextTest.class.getResourceAsStream("/examples/slo.status.v1.json")) {
            return SloStatus.read(new SourceRecord("t", 0, 0, 0, null, in.readAllBytes(), List.of()));
        }
    }
}
