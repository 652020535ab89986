package io.millrace.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void aPercentileIsTheLeastValueThatThatShareDoesNotExceed() {
        long[] values = LongStream.rangeClosed(1, 1000).map(i -> 1001 - i).toArray();

        assertThat(Percentiles.of(values)).isEqualTo(new Percentiles(500, 990, 999, 1000));
        assertThat(values[0]).as("the values are left in their order").isEqualTo(1000);
    }

    @Test
    void oneValueIsAllPercentiles() {
        assertThat(Percentiles.of(new long[] {7})).isEqualTo(new Percentiles(7, 7, 7, 7));
        assertThatThrownBy(() -> Percentiles.of(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
