package io.millrace.connectors.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private final Positions positions = new Positions();

    @Test
    void whatFollowsIsAddedOnce() {
        assertThat(positions.add(List.of(range(-1, 5, 9)))).isTrue();
        assertThat(positions.add(List.of(range(-1, 5, 9)))).isFalse();
        assertThat(positions.add(List.of(range(-1, 5, 7)))).isFalse();
        // Between them are transaction markers.
        assertThat(positions.add(List.of(range(9, 12, 20)))).isTrue();
        assertThat(positions.all()).singleElement().satisfies(at -> assertThat(at.offset())
                .isEqualTo(20));
    }

    @Test
    void aGapIsRefused() {
        positions.add(List.of(range(-1, 0, 9)));

        assertThatThrownBy(() -> positions.add(List.of(range(14, 15, 20))))
                .isInstanceOf(LakeException.class)
                .hasMessageContaining("offsets 10 to 14 of t/0 are missing");
        assertThatThrownBy(() -> new Positions().add(List.of(range(14, 15, 20))))
                .hasMessageContaining("offsets 0 to 14 of t/0 are missing");
    }

    @Test
    void whatIsThereInPartIsRefused() {
        positions.add(List.of(range(-1, 0, 9)));

        assertThatThrownBy(() -> positions.add(List.of(range(7, 8, 20))))
                .hasMessageContaining("offsets 8 to 9 of t/0 are in the table already");
        assertThatThrownBy(() ->
                        positions.add(List.of(range(-1, 0, 9), new SourceRange("t", 1, -1, 0, 3, new byte[] {1}))))
                .hasMessageContaining("another job");
    }

    private static SourceRange range(long after, long from, long to) {
        return new SourceRange("t", 0, after, from, to, new byte[] {1});
    }
}
