package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentDefinition.Retry;
import io.millrace.schema.agent.Usage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Backoff, and what calls cost. */
class BackoffTest {

    @Property
    void aWaitIsBetweenHalfAndAllOfTheExponentialOne(
            @ForAll @IntRange(min = 1, max = 10) int number,
            @ForAll @IntRange(min = 1, max = 86_400_000) int initial,
            @ForAll @IntRange(min = 1, max = 86_400_000) int longest,
            @ForAll @IntRange(min = 1, max = 10) int multiplier,
            @ForAll long seed) {
        Retry retry = new Retry(10, initial, longest, multiplier);
        double exponential = Math.min(longest, initial * Math.pow(multiplier, number - 1));

        long wait = Backoff.backoff(retry, number, new UUID(seed, seed), "x#" + number);

        assertThat((double) wait).isBetween(Math.max(1, Math.floor(exponential / 2)), Math.max(1, exponential));
        assertThat(Backoff.backoff(retry, number, new UUID(seed, seed), "x#" + number))
                .isEqualTo(wait);
    }

    @Test
    void waitsAreSpreadOverTheWholeHalf() {
        Set<Long> tenths = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            long wait = Backoff.backoff(new Retry(3, 1_000, 1_000, 1), 1, new UUID(0, i), "a#1");
            tenths.add((wait - 500) / 50);
        }

        assertThat(tenths).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aCostIsRoundedUpAndWhatHasNoPriceIsFree() {
        PriceTable prices = new PriceTable(Map.of("m", new PriceTable.Price(150_000, 600_000)));

        assertThat(prices.cost("m", new Usage(812, 64))).isEqualTo(161);
        assertThat(prices.cost("m", new Usage(1, 0))).isEqualTo(1);
        assertThat(prices.cost("m", Usage.NONE)).isZero();
        assertThat(prices.cost("n", new Usage(812, 64))).isZero();
        assertThat(prices.cost(null, new Usage(812, 64))).isZero();
    }

    @Test
    void aModelWithoutAPriceIsMissedWhereOthersHaveOne() {
        PriceTable prices = new PriceTable(Map.of("m", new PriceTable.Price(0, 0)));

        assertThat(prices.misses("m")).isFalse();
        assertThat(prices.misses("n")).isTrue();
        assertThat(prices.misses(null)).as("an agent without a model").isFalse();
        assertThat(PriceTable.FREE.misses("n")).isFalse();
    }

    @Test
    void aUsageBeyondAllReasonCostsTheMostThereIs() {
        PriceTable prices = new PriceTable(Map.of("m", new PriceTable.Price(Long.MAX_VALUE, Long.MAX_VALUE)));

        assertThat(prices.cost("m", new Usage(Usage.MAX_TOKENS, Usage.MAX_TOKENS)))
                .isEqualTo(Long.MAX_VALUE / 2 / 1_000_000);
        assertThatThrownBy(() -> new PriceTable.Price(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new CallSettings(Duration.ofSeconds(-1), Duration.ofDays(1)))
                .hasMessageContaining("unknown-agent-wait");
        assertThatThrownBy(() -> new CallSettings(Duration.ZERO, Duration.ZERO)).hasMessageContaining("dedup-window");
    }
}
