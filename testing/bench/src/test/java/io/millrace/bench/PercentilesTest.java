package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void aPercentileIsTheNearestRank() {
        Percentiles percentiles = new Percentiles(
                LongStream.rangeClosed(1, 1000).map(i -> 1001 - i).toArray());

        assertThat(percentiles.at(50)).isEqualTo(500);
        assertThat(percentiles.at(99)).isEqualTo(990);
        assertThat(percentiles.at(99.9)).isEqualTo(999);
        assertThat(percentiles.at(100)).isEqualTo(1000);
    }

    @Test
    void ofFewValuesAHighPercentileIsTheGreatest() {
        Percentiles percentiles = new Percentiles(new long[] {7, 3, 5});

        assertThat(percentiles.at(0.1)).isEqualTo(3);
        assertThat(percentiles.at(50)).isEqualTo(5);
        assertThat(percentiles.at(99.9)).isEqualTo(7);
    }

    @Test
    void ofNothingThereAreNone() {
        assertThatThrownBy(() -> new Percentiles(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
