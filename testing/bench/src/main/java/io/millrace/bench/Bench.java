package io.millrace.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bench NAME [--json FILE] [--events N] [--rounds N] [--slots N] [--set KEY=VALUE]…}: {@code --set} is a setting of
 * Flink's for all contestants. */
public final class Bench {
    private static final int USAGE = 2;
    private static final String HELP =
            """
            Usage: millrace bench tasks [--events N] [--rounds N] [--slots N] [--json FILE] [--set KEY=VALUE]...
            Run the tasks job and a job that only copies the same topic in turn, and compare them.
              --events N        events in the topic; default: 1000000
              --rounds N        how often each runs; default: 3
              --slots N         parallelism; default: 2
              --json FILE       write ratios, figures, machine and versions to FILE
              --set KEY=VALUE   a setting of Flink's for both
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        String name = rest.pollFirst();
        if ("--help".equals(name) || "-h".equals(name)) {
            System.out.print(HELP);
            return;
        }
        if (!"tasks".equals(name)) {
            System.err.println("bench: there is " + (name == null ? "no name given" : "no benchmark " + name)
                    + "; there is: tasks");
            System.exit(USAGE);
        }
        int events = 1_000_000;
        int rounds = 3;
        int slots = 2;
        Path json = null;
        Map<String, String> settings = new LinkedHashMap<>();
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
                case "--set" -> set(settings, value);
                case "--json" -> json = Path.of(value);
                default -> usage("there is no option " + option);
            }
        }
        Report report = new TasksBench(events, rounds, slots, settings).run();
        System.out.println(report.text());
        if (json != null) {
            report.writeJson(json);
        }
        System.exit(0);
    }

    private static void set(Map<String, String> settings, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            usage("--set needs KEY=VALUE, not " + setting);
        }
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
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
