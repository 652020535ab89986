package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void anEmptyOneHasNothing() {
        assertThat(Histogram.EMPTY.count()).isZero();
        assertThat(Histogram.EMPTY.quantile(0.99)).isZero();
    }

    @Test
    void aBinHoldsWhatItSays() {
        assertThat(Histogram.bin(0)).isZero();
        assertThat(Histogram.bin(-5)).isZero();
        for (long value : new long[] {1, 2, 3, 50, 51, 52, 1_000, 86_400_000, Long.MAX_VALUE}) {
            long bin = Histogram.bin(value);
            assertThat((double) value)
                    .as("%s in bin %s", value, bin)
                    .isGreaterThan(Math.pow(1.02, bin - 2.0) * (1 + 1e-12) - 1e-9)
                    .isLessThanOrEqualTo(Math.pow(1.02, bin - 1.0) * (1 + 1e-9));
        }
    }

    @Property(tries = 500)
    void quantilesAreTrueToOnePercentAndOrderDoesNotMatter(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0, max = 100_000_000) Long> values) {
        Histogram histogram = Histogram.EMPTY;
        Histogram other = Histogram.EMPTY;
        for (int i = 0; i < values.size(); i++) {
            histogram = histogram.with(values.get(i));
            other = other.with(values.get(values.size() - 1 - i));
        }
        List<Long> sorted = values.stream().sorted().toList();
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            long exact = sorted.get((int) Math.ceil(share * sorted.size()) - 1);
            assertThat((double) histogram.quantile(share)).isCloseTo(exact, within(0.5 + exact * 0.0101));
        }
        assertThat(histogram.count()).isEqualTo(values.size());
        assertThat(histogram.max()).isEqualTo(sorted.get(sorted.size() - 1));
        assertThat(other).isEqualTo(histogram);
    }
}
