package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskFields;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesKeyTest {

    @Test
    void anOccurrenceHasTheKeyOfItsSeries() {
        SeriesKey root = SeriesKey.of(event("t-42"));

        assertThat(SeriesKey.of(event("t-42~20261201T090000"))).isEqualTo(root);
        assertThat(SeriesKey.encoded(event("t-42~20261201T090000"))).isEqualTo(root.encoded());
    }

    @Test
    void itIsDecodedAsItWasEncoded() {
        SeriesKey key = new SeriesKey("acme", "u 7/ü", "t-42");

        assertThat(SeriesKey.decode(key.encoded())).isEqualTo(key);
        assertThatThrownBy(() -> SeriesKey.decode("acme/u-7")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new TaskSettings(hour, hour.minusMillis(1), hour))
                .hasMessageContaining("closed-retention");
        assertThatThrownBy(() -> new TaskSettings(Duration.ZERO, hour, hour)).hasMessageContaining("dedup-window");
        assertThatThrownBy(() -> new TaskSettings(hour, hour, hour.negated()))
                .hasMessageContaining("unknown-task-wait");
    }

    private static TaskEvent event(String taskId) {
        return new TaskEvent(
                History.id(1),
                TaskEventType.COMPLETED,
                Instant.EPOCH,
                "acme",
                "u-7",
                taskId,
                null,
                null,
                TaskFields.NONE,
                null);
    }
}
