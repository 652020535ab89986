package io.millrace.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void aRatioIsTakenRoundByRound() {
        figures.add("ours", 6);
        figures.add("theirs", 2);
        figures.add("ours", 10);
        figures.add("theirs", 4);

        assertThat(figures.ratio("ours", "theirs")).containsExactly(3.0, 2.5);
    }

    @Test
    void aRatioNeedsBothInAsManyRounds() {
        figures.add("ours", 6);

        assertThatThrownBy(() -> figures.ratio("ours", "theirs")).isInstanceOf(IllegalArgumentException.class);
        assertThat(figures.has("ours")).isTrue();
        assertThat(figures.has("theirs")).isFalse();
    }

    @Test
    void percentilesAreFiguresInTheOrderInWhichTheyCame() {
        figures.addMillis("late", new Percentiles(1, 2, 3, 4));
        figures.add("last", 5);

        List<String> names = new ArrayList<>();
        figures.forEach((name, values) -> names.add(name + values));
        assertThat(names)
                .containsExactly(
                        "late_p50_ms[1.0]", "late_p99_ms[2.0]", "late_p999_ms[3.0]", "late_max_ms[4.0]", "last[5.0]");
    }
}
