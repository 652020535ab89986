package io.millrace.simulation;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code simulate [--seconds N | --steps N] [--seed S]}; exits with 0 done, 1 failed, 2 wrong usage. */
public final class Simulate {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final long DEFAULT_SECONDS = 60;
    private static final String HELP =
            """
            Usage: millrace simulate [--seconds N | --steps N] [--seed S]
            Run the tasks job's decisions in simulated worlds with crashes, and check what must hold whatever happens.
              --seconds N   for how long; default: 60
              --steps N     for how many steps of the scheduler instead
              --seed S      begin with this seed; alone: run the world of this seed, as to see a failure again
            """;

    private Long seconds;
    private Long steps;
    private Long seed;

    private Simulate() {}

    public static void main(String[] arguments) {
        System.exit(new Simulate().run(new ArrayDeque<>(List.of(arguments))));
    }

    private int run(Deque<String> arguments) {
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
        SimulationRun run = new SimulationRun(new Simulation(), System.out);
        boolean alone = seed != null && seconds == null && steps == null;
        long first = seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE);
        boolean good = alone
                ? run.only(first)
                : steps != null
                        ? run.forSteps(first, steps)
                        : run.forSeconds(first, seconds != null ? seconds : DEFAULT_SECONDS);
        return good ? 0 : FAILED;
    }

    /** Answers what is wrong with it, null when nothing is. */
    private String take(String option, String value) {
        if (!List.of("--seconds", "--steps", "--seed").contains(option)) {
            return "there is no option " + option;
        }
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            return option + " needs a number" + (value == null ? "" : ", not " + value);
        }
        switch (option) {
            case "--seconds" -> seconds = number;
            case "--steps" -> steps = number;
            default -> seed = number;
        }
        if (!"--seed".equals(option) && number <= 0) {
            return option + " must be positive";
        }
        return seconds != null && steps != null ? "--seconds and --steps don't go together" : null;
    }
}
