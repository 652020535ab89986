package io.millrace.logic.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A test that may be looked at at any time. Someone bets against "the new variant is no worse": of all that was counted in an
 * interval, the share that falls to the new variant is its share of the requests, by chance. The bets are fair or worse when that is
 * true, so the wealth, 1 at first, ever reaches 1/a with a probability of at most a (Ville 1939; Shafer, <i>Testing by betting</i>,
 * 2021). ADR 0021 has the proof and the sources.
 *
 * <p>Each interval is judged by itself, given what was counted in it in both variants: how much that is may change with the hour,
 * which an outage of both or a busy evening does, and no bet is lost or won by it.
 *
 * <p>Half of the money is in a game from the beginning, the other half in one for each step, so that what begins late is
 * not drowned in what went well before. In each, it is laid in equal parts on several odds.
 *
 * @param whole the logarithms of the wealth laid on each of {@link #ODDS} from the beginning
 * @param step the same since the step began
 * @param ended the sum of the wealth of the steps that have ended
 * @param endedSteps how many these are
 */
public record Bets(List<Double> whole, List<Double> step, double ended, int endedSteps) {
    private static final double[] ODDS = {1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 6, 10, 20};
    /** Of a wealth, so that nothing overflows; what is beyond is beyond every limit. */
    private static final double MAX_LOG = 600;

    private static final List<Double> NOTHING_WON = Collections.nCopies(ODDS.length, 0.0);

    static final Bets NONE = new Bets(NOTHING_WON, NOTHING_WON, 0, 0);

    /**
     * The same after an interval.
     *
     * @param hits how much of {@code all} fell to the new variant
     * @param share the largest that its share may be when it is no worse, from 0 to 1, both exclusive
     * @param weight from 0 to 1: a part of the wealth's growth, for what is not trusted to its full size
     */
    Bets with(double hits, double all, double share, double weight) {
        if (all <= 0 || share <= 0 || share >= 1) {
            return this;
        }
        List<Double> more = new ArrayList<>(ODDS.length);
        List<Double> moreOfStep = new ArrayList<>(ODDS.length);
        for (int i = 0; i < ODDS.length; i++) {
            double won = weight * (hits * Math.log(ODDS[i]) - all * Math.log1p(share * (ODDS[i] - 1)));
            more.add(bounded(whole.get(i) + won));
            moreOfStep.add(bounded(step.get(i) + won));
        }
        return new Bets(List.copyOf(more), List.copyOf(moreOfStep), ended, endedSteps);
    }

    /**
     * The same after an interval in which two variants were there. None of both is a reason for nothing.
     *
     * @param tolerance by which factor the new one may have more
     */
    Bets compared(
            double newCount, double newRequests, double oldCount, double oldRequests, double tolerance, double weight) {
        double expected = tolerance * newRequests;
        return newRequests <= 0 || oldRequests <= 0
                ? this
                : with(newCount, newCount + oldCount, expected / (expected + oldRequests), weight);
    }

    private static double bounded(double log) {
        return Math.max(-MAX_LOG, Math.min(MAX_LOG, log));
    }

    /** The same when another step begins. */
    Bets nextStep() {
        return new Bets(whole, NOTHING_WON, ended + mean(step), endedSteps + 1);
    }

    /**
     * The wealth by now.
     *
     * @param steps how many there can be, which was known at the beginning
     */
    double wealth(int steps) {
        int notBegun = Math.max(0, steps - endedSteps - 1);
        return mean(whole) / 2 + (ended + mean(step) + notBegun) / (2.0 * Math.max(steps, endedSteps + 1));
    }

    private static double mean(List<Double> logs) {
        return logs.stream().mapToDouble(Math::exp).sum() / logs.size();
    }
}
