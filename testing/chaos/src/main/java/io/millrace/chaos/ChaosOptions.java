package io.millrace.chaos;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * What was asked for.
 *
 * @param seed of the first episode; that of each further one is greater by one
 * @param only a single fault of this kind in each episode; null for what the seed says
 * @param json where to write the report; null for nowhere
 */
record ChaosOptions(int episodes, long seed, FaultKind only, Path json) {
    static final String USAGE =
            """
            Usage: millrace chaos [--episodes N] [--seed S] [--only FAULT] [--json FILE]
            Run the tasks job on a cluster of processes under load, kill, pause and starve them, and have an auditor judge the
            topics after each episode.
              --episodes N    how many; default: 20, about %d s each
              --seed S        what is done when; the n-th episode has the seed S + n - 1; default: by the clock
              --only FAULT    one fault of this kind in each episode, of
                              %s
              --json FILE     write what happened to FILE
            Exit status: 0 nothing was lost, early, twice or wrong; 1 something was, or the job did not recover; 2 wrong usage.
            """
                    .formatted(18, names());

    private static final int DEFAULT_EPISODES = 20;

    /** Wrong usage. */
    static final class WrongUsage extends Exception {
        private static final long serialVersionUID = 1L;

        WrongUsage(String message) {
            super(message);
        }
    }

    /** @param now milliseconds since the epoch; the seed when none is given */
    static ChaosOptions parse(List<String> arguments, long now) throws WrongUsage {
        Deque<String> rest = new ArrayDeque<>(arguments);
        int episodes = DEFAULT_EPISODES;
        long seed = now;
        FaultKind only = null;
        Path json = null;
        while (!rest.isEmpty()) {
            String option = rest.poll();
            String value = rest.poll();
            if (!List.of("--episodes", "--seed", "--only", "--json").contains(option)) {
                throw new WrongUsage("there is no option " + option);
            }
            if (value == null) {
                throw new WrongUsage(option + " needs a value");
            }
            switch (option) {
                case "--episodes" -> episodes = (int) number(option, value, 1, 100_000);
                case "--seed" -> seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--only" -> only = kind(value);
                default -> json = Path.of(value);
            }
        }
        return new ChaosOptions(episodes, seed, only, json);
    }

    private static long number(String option, String value, long least, long most) throws WrongUsage {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new WrongUsage(option + " needs a number, not " + value);
        }
        throw new WrongUsage(option + " must be from " + least + " to " + most);
    }

    private static FaultKind kind(String name) throws WrongUsage {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("there is no fault " + name + "; there are " + names()));
    }

    private static String names() {
        return String.join(
                " ", Arrays.stream(FaultKind.values()).map(FaultKind::toString).toList());
    }

    /** The command that plays that episode alone. */
    String again(Episode episode) {
        return "./millrace chaos --episodes 1 --seed " + episode.seed() + (only == null ? "" : " --only " + only);
    }

    /** @param number counted from 1 */
    Episode episode(int number) {
        long ofEpisode = seed + number - 1;
        return only == null ? Episode.of(ofEpisode) : Episode.of(ofEpisode, only);
    }
}
