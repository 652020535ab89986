package io.millrace.simulation;

import java.util.List;

/** Runs worlds by their seeds, and finds the shortest way to a failure. */
final class Simulation {
    private static final int LEAST_STEPS = 40;
    private static final int MOST_STEPS = 900;
    private static final int TAIL = 60;

    private final World.JobMaker maker;

    Simulation() {
        this(SimulatedJob::new);
    }

    /** With a job that may have a defect. */
    Simulation(World.JobMaker maker) {
        this.maker = maker;
    }

    /**
     * How a world went.
     *
     * @param hash of all that happened
     */
    record Result(long seed, long steps, long crashes, long records, long outputs, long hash, Failure failure) {

        boolean isGood() {
            return failure == null;
        }
    }

    /**
     * What went wrong.
     *
     * @param trace of the shortest run of this seed that fails; empty when it was not asked for
     */
    record Failure(String law, String subject, String detail, long step, List<String> trace) {}

    Result run(long seed) {
        return run(seed, Integer.MAX_VALUE, Trace.hashed());
    }

    /** Runs a seed that fails again, with as few steps as it needs, and tells what happened. */
    Failure explain(long seed) {
        Result whole = run(seed);
        int fails = (int) whole.steps();
        int passes = 0;
        while (fails - passes > 1) {
            int middle = (fails + passes) >>> 1;
            if (run(seed, middle, Trace.hashed()).isGood()) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return run(seed, fails, Trace.written()).failure();
    }

    private Result run(long seed, int mostSteps, Trace trace) {
        Dice dice = new Dice(seed);
        int steps = Math.min(dice.between(LEAST_STEPS, MOST_STEPS), mostSteps);
        World world = new World(dice, WorldPlan.of(dice, steps), maker, trace);
        Failure failure = null;
        try {
            world.run();
            Replay replay = Replay.of(world, maker);
            replay.requireSame(world);
            ViewLaw.require(
                    replay.contents(), world.plan().settings().dedupWindow().toMillis(), world.now());
            PlainTaskLaw.require(
                    world.log(), world.topics().contents(), world.plan().settings(), world.now());
        } catch (BrokenLawException e) {
            failure = new Failure(e.law(), e.subject(), e.getMessage(), world.steps(), trace.tail(root(e), TAIL));
        } catch (RuntimeException | StackOverflowError e) {
            failure = new Failure("nothing throws", null, stack(e), world.steps(), trace.tail(null, TAIL));
        }
        long records = 0;
        for (int partition = 0; partition < world.log().partitions(); partition++) {
            records += world.log().end(partition);
        }
        return new Result(
                seed,
                world.steps(),
                world.crashes(),
                records,
                world.topics().records().size(),
                trace.hash(),
                failure);
    }

    /** {@code user/root}, which the lines about all occurrences of a series have in common. */
    private static String root(BrokenLawException e) {
        if (e.subject() == null) {
            return null;
        }
        int separator = e.subject().indexOf('~');
        return separator < 0 ? e.subject() : e.subject().substring(0, separator);
    }

    private static String stack(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, 12); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }
}
