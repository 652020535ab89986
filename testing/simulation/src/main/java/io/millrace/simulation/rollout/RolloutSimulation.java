package io.millrace.simulation.rollout;

import io.millrace.simulation.rollout.RolloutTrial.Outcome;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Compares the rules: a table of how many releases each takes back, and after how long (the median of those). */
public final class RolloutSimulation {
    /** What is promised: of releases that are no worse so many are taken back at most. */
    private static final double MOST_FALSE = 0.01;

    private static final int PER_MINUTE = 200;
    /** Of a limit that somebody set who knows how many errors there are: twice as many. */
    private static final double LIMIT = 2 * Truth.BASE;

    private final PrintStream out;

    public RolloutSimulation(PrintStream out) {
        this.out = out;
    }

    private static Map<String, Supplier<Rule>> rules() {
        Map<String, Supplier<Rule>> rules = new LinkedHashMap<>();
        rules.put("Millrace", Millrace::new);
        rules.put("significance test at 1 %, each minute", Scheduled::significance);
        rules.put("5 failed checks", () -> Scheduled.failedChecks(LIMIT));
        rules.put("5 failed checks in a row", () -> Scheduled.failedChecksInARow(LIMIT));
        return rules;
    }

    /**
     * Runs so many roll-outs of each truth by each rule, and prints a table in Markdown.
     *
     * @return whether Millrace kept what is promised, as far as so many trials can tell
     */
    public boolean run(long seed, int trials) {
        boolean good = true;
        out.println("| truth | " + String.join(" | ", rules().keySet()) + " |");
        out.println("|---|" + "---|".repeat(rules().size()));
        for (Truth truth : Truth.values()) {
            StringBuilder row = new StringBuilder("| " + truth.description() + " |");
            for (Map.Entry<String, Supplier<Rule>> rule : rules().entrySet()) {
                Outcome outcome = new RolloutTrial(PER_MINUTE).run(truth, rule.getValue(), seed, trials);
                row.append(' ').append(outcome.cell()).append(" |");
                good &= !rule.getKey().equals("Millrace") || isKept(truth, outcome);
            }
            out.println(row);
        }
        return good;
    }

    /** Chance has its part: three standard deviations of what is promised. */
    static boolean isKept(Truth truth, Outcome outcome) {
        double deviation = Math.sqrt(MOST_FALSE * (1 - MOST_FALSE) / outcome.trials());
        double most = MOST_FALSE + 3 * deviation;
        if (truth == Truth.TWO_POINTS || truth == Truth.TAIL) {
            return 1 - outcome.rolledBack() <= most;
        }
        return truth.isWorse() || outcome.rolledBack() <= most;
    }
}
