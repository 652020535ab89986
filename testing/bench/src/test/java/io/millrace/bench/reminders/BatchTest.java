package io.millrace.bench.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void tasksBecomeDueAtTheRate() {
        Batch batch = new Batch("b", 40_000, 1_000_000, 20_000);

        assertThat(batch.dueAt(0)).isEqualTo(1_000_000);
        assertThat(batch.dueAt(20_000)).isEqualTo(1_001_000);
        assertThat(batch.lastDue()).isEqualTo(1_001_999);
    }

    @Test
    void tensOfMillionsBecomeDueOverAMonth() {
        int count = 10_000_000;
        double perSecond = count / (30 * 86_400.0);

        assertThat(new Batch("b", count, 0, perSecond).lastDue()).isBetween(29L * 86_400_000, 30L * 86_400_000);
    }

    @Test
    void usersTakeTurns() {
        Batch batch = new Batch("b", 50_000, 0, 1);

        assertThat(IntStream.range(0, 50_000).mapToObj(batch::user).distinct()).hasSize(50_000);
    }

    @Test
    void aBatchWithoutTasksIsRefused() {
        assertThatThrownBy(() -> new Batch("b", 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Batch("b", 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
