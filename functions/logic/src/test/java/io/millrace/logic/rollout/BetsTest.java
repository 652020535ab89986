package io.millrace.logic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The law of the bets: whoever bets against a release that is no worse does not gain by it, on average. */
class BetsTest {
    private static final double EXACT = 1 + 1e-9;

    @Property(tries = 300)
    void aReleaseThatIsNoWorseMakesNobodyRich(
            @ForAll @IntRange(min = 1, max = 12) int newRequests,
            @ForAll @IntRange(min = 1, max = 12) int oldRequests,
            @ForAll @IntRange(min = 1, max = 999) int oldInThousand,
            @ForAll @DoubleRange(min = 0, max = 1) double better,
            @ForAll @DoubleRange(min = 1, max = 4) double tolerance,
            @ForAll @DoubleRange(min = 0, max = 1) double weight) {
        double old = oldInThousand / 1_000.0;
        double odds = better * tolerance * old / (1 - old);
        double fresh = odds / (1 + odds);

        double expected = 0;
        for (int newErrors = 0; newErrors <= newRequests; newErrors++) {
            for (int oldErrors = 0; oldErrors <= oldRequests; oldErrors++) {
                Bets bets = Bets.NONE.compared(newErrors, newRequests, oldErrors, oldRequests, tolerance, weight);
                expected += probability(newErrors, newRequests, fresh)
                        * probability(oldErrors, oldRequests, old)
                        * bets.wealth(1);
            }
        }

        assertThat(expected).isLessThanOrEqualTo(EXACT);
    }

    private static double probability(int hits, int all, double each) {
        double probability = 1;
        for (int i = 0; i < hits; i++) {
            probability *= (all - i) / (i + 1.0);
        }
        return probability * Math.pow(each, hits) * Math.pow(1 - each, all - hits);
    }

    /** Ville's inequality, seen: 2,000 releases that are as good as what they replace, each looked at 500 times. */
    @Test
    void howeverOftenOneLooksFewReleasesThatAreNoWorseSeemWorse() {
        SplittableRandom random = new SplittableRandom(7);
        int alarms = 0;
        for (int release = 0; release < 2_000; release++) {
            Bets bets = Bets.NONE;
            double highest = 0;
            for (int look = 0; look < 500; look++) {
                if (look % 125 == 124) {
                    bets = bets.nextStep();
                }
                double rate = 0.02 + 0.015 * Math.sin(look / 40.0);
                bets = bets.compared(hits(random, 20, rate), 20, hits(random, 80, rate), 80, 1, 1);
                highest = Math.max(highest, bets.wealth(4));
            }
            alarms += highest >= 20 ? 1 : 0;
        }

        assertThat(alarms / 2_000.0).as("promised: 1 in 20 at most").isLessThanOrEqualTo(0.05);
        assertThat(alarms).as("the test is not one that never says anything").isPositive();
    }

    private static int hits(SplittableRandom random, int all, double each) {
        int hits = 0;
        for (int i = 0; i < all; i++) {
            hits += random.nextDouble() < each ? 1 : 0;
        }
        return hits;
    }

    @Test
    void whatIsThreeTimesAsBadIsFound() {
        Bets bets = Bets.NONE;
        for (int look = 0; look < 60; look++) {
            bets = bets.compared(3, 100, 9, 900, 1, 1);
        }

        assertThat(bets.wealth(6)).isGreaterThan(1e6);
    }

    @Test
    void whatBeginsLateIsFoundThoughAllWentWellBefore() {
        Bets bets = Bets.NONE;
        for (int look = 0; look < 3_000; look++) {
            bets = bets.compared(1, 100, 9, 900, 1, 1);
        }
        assertThat(bets.wealth(6)).isLessThan(1);
        bets = bets.nextStep();
        for (int look = 0; look < 60; look++) {
            bets = bets.compared(3, 100, 9, 900, 1, 1);
        }

        assertThat(bets.wealth(6)).isGreaterThan(1e4);
    }

    @Test
    void anOutageOfBothIsNobodysFault() {
        Bets bets = Bets.NONE.compared(50, 100, 450, 900, 1, 1);

        assertThat(bets.wealth(1)).isLessThan(1);
    }

    @Test
    void anIntervalWithoutTheOtherVariantSaysNothing() {
        assertThat(Bets.NONE.compared(50, 100, 0, 0, 1, 1)).isSameAs(Bets.NONE);
        assertThat(Bets.NONE.compared(0, 0, 5, 100, 1, 1)).isSameAs(Bets.NONE);
        assertThat(Bets.NONE.compared(0, 100, 0, 100, 1, 1)).isSameAs(Bets.NONE);
    }

    @Test
    void noCountOverflows() {
        Bets bets = Bets.NONE;
        for (int i = 0; i < 10; i++) {
            bets = bets.compared(1e9, 1e9, 0, 1e9, 1, 1).compared(1, 1e9, 1e9, 1e9, 1, 1);
        }

        assertThat(bets.wealth(1)).isFinite().isNotNegative();
    }
}
