package io.millrace.testing.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
    private static final ConfigOption<Duration> WAIT = ConfigOptions.key("wait")
            .durationType()
            .defaultValue(Duration.ofMinutes(90))
            .withDescription("How long.");
    private static final ConfigOption<String> FILE =
            ConfigOptions.key("file").stringType().noDefaultValue().withDescription("Which.");

    private final SettingsTable table =
            new SettingsTable(key -> "JOB_" + key.toUpperCase(Locale.ROOT), List.of(WAIT, FILE));

    @Test
    void theTableTakesThePlaceOfTheOneBetweenTheMarkers() {
        String document = "before\n<!-- settings:begin -->\nold\n<!-- settings:end -->\nafter\n";

        String refreshed = table.refresh(document);

        assertThat(refreshed)
                .startsWith("before\n<!-- settings:begin -->\n")
                .endsWith("<!-- settings:end -->\nafter\n")
                .contains("| `wait` | `JOB_WAIT` | `90 min` | How long. |")
                .contains("| `file` | `JOB_FILE` | – | Which. |")
                .doesNotContain("old");
        assertThat(table.refresh(refreshed)).isEqualTo(refreshed);
    }

    @Test
    void aDocumentWithoutMarkersIsRefused() {
        assertThatThrownBy(() -> table.refresh("no table")).isInstanceOf(AssertionError.class);
    }
}
