package io.millrace.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.recovery.Outage.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final long KILLED_AT = 10_000;
    private static final long NORMAL = 1_000;
    private static final List<View> VIEWS = List.of(
            new View(9_990, 5),
            new View(10_040, 30), // was on its way
            new View(15_000, 4_900),
            new View(15_500, 4_000),
            new View(15_400, 4_500), // partitions are not read in order
            new View(17_000, 1_500),
            new View(17_100, 900),
            new View(21_000, 10));

    @Test
    void theSilenceEndsWithTheFirstViewAfterTheLongestGap() {
        Outage outage = Outage.of(VIEWS, KILLED_AT, NORMAL);

        assertThat(outage).isEqualTo(new Outage(5_000, 7_000));
        assertThat(outage.drainMillis()).isEqualTo(2_000);
    }

    @Test
    void aKillThatNobodyNoticedHasNoDrain() {
        assertThat(Outage.of(List.of(new View(10_500, 5)), KILLED_AT, NORMAL)).isEqualTo(new Outage(500, 500));
    }

    @Test
    void withoutViewsAfterTheKillThereIsNothingToSay() {
        assertThatThrownBy(() -> Outage.of(List.of(new View(9_990, 5)), KILLED_AT, NORMAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsOverWhenLateViewsHaveComeAndTheLatestAreNotLate() {
        assertThat(Outage.isOver(VIEWS, KILLED_AT, NORMAL, 3_000)).isTrue();
        assertThat(Outage.isOver(VIEWS.subList(0, 7), KILLED_AT, NORMAL, 3_000)).isFalse();
        assertThat(Outage.isOver(VIEWS.subList(0, 2), KILLED_AT, NORMAL, 3_000)).isFalse();
        assertThat(Outage.isOver(List.of(), KILLED_AT, NORMAL, 3_000)).isFalse();
    }
}
