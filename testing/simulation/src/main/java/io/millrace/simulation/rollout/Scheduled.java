package io.millrace.simulation.rollout;

import io.millrace.schema.rollout.HealthCounted.Variant;

/** A rule that goes forward by time alone, until what was told says that it is to go back. */
final class Scheduled implements Rule {
    private final Judge judge;
    private int minutes;
    private boolean rolledBack;

    /** Says whether a release is to be taken back, by all it has been told. */
    @FunctionalInterface
    interface Judge {
        boolean isWorse(Variant fresh, Variant old);
    }

    private Scheduled(Judge judge) {
        this.judge = judge;
    }

    /** A significance test at 1 % of all that came so far, looked at each minute as if it were looked at once. */
    static Rule significance() {
        double[] sums = new double[4];
        return new Scheduled((fresh, old) -> {
            sums[0] += fresh.errors();
            sums[1] += fresh.requests();
            sums[2] += old.errors();
            sums[3] += old.requests();
            if (sums[1] < 100 || sums[3] < 100) {
                return false;
            }
            double pooled = (sums[0] + sums[2]) / (sums[1] + sums[3]);
            double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / sums[1] + 1 / sums[3]));
            return deviation > 0 && (sums[0] / sums[1] - sums[2] / sums[3]) / deviation > 2.326;
        });
    }

    /** Five checks that failed, as Flagger counts them: a minute with more than so many errors. */
    static Rule failedChecks(double limit) {
        int[] failed = new int[1];
        return new Scheduled((fresh, old) -> {
            failed[0] += fresh.requests() > 0 && fresh.errors() > limit * fresh.requests() ? 1 : 0;
            return failed[0] >= 5;
        });
    }

    /** The same, but five in a row. */
    static Rule failedChecksInARow(double limit) {
        int[] failed = new int[1];
        return new Scheduled((fresh, old) -> {
            boolean isOver = fresh.requests() > 0 && fresh.errors() > limit * fresh.requests();
            failed[0] = isOver ? failed[0] + 1 : 0;
            return failed[0] >= 5;
        });
    }

    @Override
    public int percent() {
        return rolledBack ? 0 : STEPS.get(Math.min(minutes / MINUTES_OF_A_STEP, STEPS.size() - 1));
    }

    @Override
    public void take(int minute, Variant fresh, Variant old) {
        minutes = minute + 1;
        rolledBack = rolledBack || judge.isWorse(fresh, old);
    }

    @Override
    public boolean isRolledBack() {
        return rolledBack;
    }

    @Override
    public boolean isDone() {
        return percent() == 100;
    }
}
