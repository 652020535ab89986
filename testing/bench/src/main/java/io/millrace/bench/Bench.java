package io.millrace.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code bench NAME [--json FILE] [--events N] [--rounds N] [--slots N]}. */
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        String name = rest.pollFirst();
        if (!"tasks".equals(name)) {
            System.err.println("bench: there is " + (name == null ? "no name given" : "no benchmark " + name)
                    + "; there is: tasks");
            System.exit(USAGE);
        }
        int events = 1_000_000;
        int rounds = 3;
        int slots = 2;
        Path json = null;
        while (!rest.isEmpty()) {
            String option = rest.poll();
            String value = rest.poll();
            if (value == null) {
                usage(option + " needs a value");
            }
            switch (option) {
                case "--events" -> events = number(option, value);
                case "--rounds" -> rounds = number(option, value);
                case "--slots" -> slots = number(option, value);
                case "--json" -> json = Path.of(value);
                default -> usage("there is no option " + option);
            }
        }
        Report report = new TasksBench(events, rounds, slots).run();
        System.out.println(report.text());
        if (json != null) {
            report.writeJson(json);
        }
        System.exit(0);
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            usage(option + " needs a number, not " + value);
        }
        usage(option + " must be positive");
        return 0;
    }

    private static void usage(String problem) {
        System.err.println("bench: " + problem);
        System.exit(USAGE);
    }
}
