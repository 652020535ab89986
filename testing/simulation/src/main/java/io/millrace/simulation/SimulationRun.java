package io.millrace.simulation;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.LongPredicate;

/** Runs world after world, tells how far it is, and stops at the first failure. */
final class SimulationRun {
    private static final long PROGRESS_NANOS = 10_000_000_000L;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Simulation simulation;
    private final PrintStream out;
    private long worlds;
    private long steps;
    private long crashes;
    private long records;
    private long outputs;
    private long cpuNanos;

    SimulationRun(Simulation simulation, PrintStream out) {
        this.simulation = simulation;
        this.out = out;
    }

    /** Runs worlds for so long, the first by {@code seed}, the next by the seed after it; true when all were good. */
    boolean forSeconds(long seed, long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        return run(seed, steps -> System.nanoTime() < end);
    }

    /** The same for so many steps of the scheduler. */
    boolean forSteps(long seed, long most) {
        return run(seed, steps -> steps < most);
    }

    private boolean run(long seed, LongPredicate goesOn) {
        out.println("simulating from seed " + seed);
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long cpuAtStart = thread.getCurrentThreadCpuTime();
        long reported = System.nanoTime();
        for (long next = seed; goesOn.test(steps); next++) {
            Simulation.Result result = simulation.run(next);
            worlds++;
            steps += result.steps();
            crashes += result.crashes();
            records += result.records();
            outputs += result.outputs();
            long now = System.nanoTime();
            cpuNanos = thread.getCurrentThreadCpuTime() - cpuAtStart;
            if (!result.isGood()) {
                tell(next, simulation.explain(next));
                return false;
            }
            if (now - reported > PROGRESS_NANOS) {
                reported = now;
                out.println(summary() + " so far");
            }
        }
        out.println(summary() + "; no law was broken");
        return true;
    }

    /** One world alone; true when it was good. Two runs of one seed print the same. */
    boolean only(long seed) {
        Simulation.Result result = simulation.run(seed);
        out.printf(
                Locale.ROOT,
                "seed %d: %d steps, %d crashes, %d records, trace %016x%n",
                seed,
                result.steps(),
                result.crashes(),
                result.records(),
                result.hash());
        if (!result.isGood()) {
            tell(seed, simulation.explain(seed));
            return false;
        }
        out.println("no law was broken");
        return true;
    }

    private void tell(long seed, Simulation.Failure failure) {
        out.println("seed " + seed + ", step " + failure.step() + ": broken is \"" + failure.law() + "\"");
        out.println(failure.detail());
        out.println("the last of it" + (failure.subject() == null ? "" : ", as far as " + failure.subject()) + ":");
        failure.trace().forEach(out::println);
        out.println("again: ./millrace simulate --seed " + seed);
    }

    /** Of processor time: what else the machine does then does not count. */
    double stepsPerMinute() {
        return steps * NANOS_PER_MINUTE / Math.max(1, cpuNanos);
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d worlds, %,d steps (%.1f million a processor minute), %,d crashes, %,d records in, %,d out",
                worlds,
                steps,
                stepsPerMinute() / 1e6,
                crashes,
                records,
                outputs);
    }
}
