package io.millrace.simulation;

import io.millrace.simulation.fuzz.FuzzRun;
import io.millrace.simulation.fuzz.JobFuzz;
import io.millrace.simulation.rollout.RolloutSimulation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command {@code simulate}; exits with 0 done, 1 failed, 2 wrong usage. */
public final class Simulate {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final long DEFAULT_SECONDS = 60;
    private static final int MAX_TRIALS = 1_000_000;
    private static final List<String> WITH_NUMBER =
            List.of("--seconds", "--steps", "--seed", "--fuzz", "--fuzz-job", "--rollouts");
    private static final String CORPUS = "--corpus";
    private static final String HELP =
            """
            Usage: millrace simulate [--seconds N | --steps N] [--seed S]
                   millrace simulate --fuzz N [--seed S] [--corpus FILE]
                   millrace simulate --fuzz-job N [--seed S]
                   millrace simulate --rollouts N [--seed S]
            Run the tasks job's decisions in simulated worlds with crashes, and check what must hold whatever happens; or
            give it malformed events.
              --seconds N     for how long; default: 60
              --steps N       for how many steps of the scheduler instead
              --seed S        begin with this seed; alone: run the world of this seed, as to see a failure again
              --fuzz N        so many malformed events to the reader and the decisions, in this process
              --corpus FILE   write those worth keeping to FILE
              --fuzz-job N    so many malformed events through Kafka and the real job, on a broker and a cluster of its own
              --rollouts N    so many roll-outs of each known truth by each of several rules, and a table of what became of them
            """;

    private final Map<String, Long> numbers = new HashMap<>();
    private Path corpus;

    private Simulate() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    static int run(String... arguments) throws Exception {
        return new Simulate().run(new ArrayDeque<>(List.of(arguments)));
    }

    private int run(Deque<String> arguments) throws Exception {
        while (!arguments.isEmpty()) {
            String option = arguments.poll();
            if ("--help".equals(option) || "-h".equals(option)) {
                System.out.print(HELP);
                return 0;
            }
            String problem = take(option, arguments.poll());
            if (problem != null) {
                System.err.println("simulate: " + problem);
                return USAGE;
            }
        }
        return isGood() ? 0 : FAILED;
    }

    private boolean isGood() throws Exception {
        boolean alone = numbers.size() == 1 && numbers.containsKey("--seed");
        long seed = numbers.getOrDefault("--seed", (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
        if (numbers.containsKey("--rollouts")) {
            int trials = (int) Math.min(MAX_TRIALS, numbers.get("--rollouts"));
            return new RolloutSimulation(System.out).run(seed, trials);
        }
        if (numbers.containsKey("--fuzz-job")) {
            return new JobFuzz(System.out).run(seed, numbers.get("--fuzz-job"));
        }
        if (numbers.containsKey("--fuzz")) {
            FuzzRun fuzz = new FuzzRun(System.out);
            boolean good = fuzz.run(seed, numbers.get("--fuzz"));
            if (corpus != null) {
                fuzz.writeCorpus(corpus);
            }
            return good;
        }
        SimulationRun run = new SimulationRun(new Simulation(), System.out);
        if (alone) {
            return run.only(seed);
        }
        return numbers.containsKey("--steps")
                ? run.forSteps(seed, numbers.get("--steps"))
                : run.forSeconds(seed, numbers.getOrDefault("--seconds", DEFAULT_SECONDS));
    }

    /** Answers what is wrong with it, null when nothing is. */
    private String take(String option, String value) {
        if (!WITH_NUMBER.contains(option) && !CORPUS.equals(option)) {
            return "there is no option " + option;
        }
        if (value == null) {
            return option + " needs a value";
        }
        if (CORPUS.equals(option)) {
            corpus = Path.of(value);
            return null;
        }
        try {
            numbers.put(option, Long.valueOf(value));
        } catch (NumberFormatException e) {
            return option + " needs a number, not " + value;
        }
        if (!"--seed".equals(option) && numbers.get(option) <= 0) {
            return option + " must be positive";
        }
        long modes =
                numbers.keySet().stream().filter(each -> !"--seed".equals(each)).count();
        return modes > 1 ? "one of --seconds, --steps, --fuzz, --fuzz-job and --rollouts at a time" : null;
    }
}
