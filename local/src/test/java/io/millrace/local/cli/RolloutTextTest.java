package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTextTest {

    @Test
    void whereEachIsIsToldInALine() throws Exception {
        assertThat(RolloutText.overview(List.of(status())))
                .hasSize(2)
                .last()
                .asString()
                .contains("checkout-v2", "checkout", "running", "10", "1 of 3", "0.60", "a metric is on its way");
        assertThat(RolloutText.overview(List.of())).isEmpty();
    }

    @Test
    void theWayToARollBackIsDrawnOnATerminal() throws Exception {
        assertThat(String.join("\n", RolloutText.details(status(), true)))
                .contains("[10] → 50 → 100", "▁▂▅ of the way")
                .contains("errors > 120 ms", "31 of 1200 (2.58 %)", "× 2.62", "10^2.6", "10^2.3");
        assertThat(String.join("\n", RolloutText.details(status(), false))).doesNotContain("▁");
        assertThat(RolloutText.path(List.of(0.0, 0.5, 1.0, 7.0))).isEqualTo("▁▄██");
    }

    @Test
    void whatItDidIsToldWithItsReason() throws Exception {
        RolloutEvent event = RolloutEvent.read(example("rollout.event"));

        assertThat(String.join("\n", RolloutText.events(List.of(event))))
                .contains("rolled back", "10 → 0", "ann", "errors: 31 of 1200");
        assertThat(RolloutText.events(List.of())).isEmpty();
    }

    private static RolloutStatus status() throws Exception {
        return RolloutStatus.read(example("rollout.status"));
    }

    private static SourceRecord example(String name) throws IOException {
        try (InputStream in = RolloutTextTest.class.getResourceAsStream("/examples/" + name + ".v1.json")) {
            return new SourceRecord("t", 0, 0, 0, null, in.readAllBytes(), List.of());
        }
    }
}
