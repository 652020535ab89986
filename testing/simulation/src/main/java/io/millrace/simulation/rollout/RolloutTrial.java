package io.millrace.simulation.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Many roll-outs of one truth, by one rule. */
final class RolloutTrial {
    /** What takes longer than that has not been decided. */
    private static final int MAX_MINUTES = 14_400;

    private static final long SEEDS = 1_000_003;

    private final int perMinute;

    /**
     * What became of them.
     *
     * @param minutes until each was rolled back, ascending
     * @param undecided how many were neither rolled back nor went to everybody
     */
    record Outcome(int trials, List<Integer> minutes, int undecided) {
        double rolledBack() {
            return (double) minutes.size() / trials;
        }

        /** Null when none was rolled back. */
        Integer median() {
            return minutes.isEmpty() ? null : minutes.get(minutes.size() / 2);
        }

        String cell() {
            String share = String.format(Locale.ROOT, "%.1f %%", 100 * rolledBack());
            return median() == null ? share : share + ", " + median() + " min";
        }
    }

    /** @param perMinute requests, on average */
    RolloutTrial(int perMinute) {
        this.perMinute = perMinute;
    }

    Outcome run(Truth truth, Supplier<Rule> rules, long seed, int trials) {
        List<Integer> minutes = new ArrayList<>();
        int undecided = 0;
        for (int i = 0; i < trials; i++) {
            Rule rule = rules.get();
            Traffic traffic = new Traffic(seed * SEEDS + i, perMinute);
            int minute = 0;
            int begun = 0;
            int percent = rule.percent();
            while (!rule.isRolledBack() && !rule.isDone() && minute < MAX_MINUTES) {
                if (rule.percent() != percent) {
                    percent = rule.percent();
                    begun = minute;
                }
                int[] split = traffic.split(truth.load(minute), percent);
                rule.take(
                        minute,
                        traffic.variant(Millrace.NEW, split[0], truth.fresh(minute, minute - begun)),
                        traffic.variant(Millrace.OLD, split[1], truth.old(minute)));
                minute++;
            }
            if (rule.isRolledBack()) {
                minutes.add(minute);
            } else if (!rule.isDone()) {
                undecided++;
            }
        }
        Collections.sort(minutes);
        return new Outcome(trials, List.copyOf(minutes), undecided);
    }
}
