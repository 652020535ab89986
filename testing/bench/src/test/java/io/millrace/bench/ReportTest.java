package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void theJsonHasRatiosFiguresSettingsMachineAndVersions() throws Exception {
        Report report = new Report("tasks");
        report.setting("events", 5);
        report.ratio("tasks_vs_copy", List.of(0.5, 0.25, 0.75));
        report.figure("tasks_events_per_second", List.of(3.0, 1.0));

        JsonNode json = new ObjectMapper().readTree(report.json());

        assertThat(json.path("bench").asText()).isEqualTo("tasks");
        assertThat(json.at("/settings/events").asText()).isEqualTo("5");
        assertThat(json.at("/ratios/tasks_vs_copy/median").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/ratios/tasks_vs_copy/min").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/ratios/tasks_vs_copy/max").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/figures/tasks_events_per_second/median").asDouble())
                .isEqualTo(2.0);
        assertThat(json.at("/machine/cores").asInt()).isPositive();
        assertThat(json.at("/machine/memory_bytes").asLong()).isPositive();
        assertThat(json.at("/versions/kafka").asText()).isNotEmpty();
    }

    @Test
    void theTextShowsSmallFiguresWithDecimals() {
        Report report = new Report("micro");
        report.figure("dedup_ns", List.of(1.25));
        report.figure("events", List.of(1_234_567.0));

        assertThat(report.text()).contains("1.25").contains("1,234,567");
    }
}
