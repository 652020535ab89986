package io.millrace.chaos;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was asked for.
 *
 * @param job which faults are done to
 * @param seed of the first episode; that of each further one is greater by one
 * @param only a single fault of this kind in each episode; null for what the seed says
 * @param json where to write the report; null for nowhere
 */
record ChaosOptions(Job job, int episodes, long seed, FaultKind only, Path json) {
    static final String USAGE =
            """
            Usage: millrace chaos [--job JOB] [--episodes N] [--seed S] [--only FAULT] [--json FILE]
            Run a job on a cluster of processes under load, kill, pause and starve them, and have an auditor judge the topics after
            each episode: of tasks and their reminders, of calls and what the agents were asked, of digests, of
            the rows of the audit, of runs of workflows, of conversations and what their customers read, or of roll-outs of flags.
              --job JOB       tasks, the default, agents, digest, audit, workflows, conversations or rollout
              --episodes N    how many; default: 20, about %d s each
              --seed S        what is done when; the n-th episode has the seed S + n - 1; default: by the clock
              --only FAULT    one fault of this kind in each episode, of
                              %s
              --json FILE     write what happened to FILE
            Exit status: 0 nothing was lost, early, twice, overspent or wrong; 1 something was, or the job did not recover; 2 wrong usage.
            """
                    .formatted(18, names(FaultKind.values()));

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
        Job job = Job.TASKS;
        int episodes = DEFAULT_EPISODES;
        long seed = now;
        FaultKind only = null;
        Path json = null;
        while (!rest.isEmpty()) {
            String option = rest.poll();
            String value = rest.poll();
            if (!List.of("--job", "--episodes", "--seed", "--only", "--json").contains(option)) {
                throw new WrongUsage("there is no option " + option);
            }
            if (value == null) {
                throw new WrongUsage(option + " needs a value");
            }
            switch (option) {
                case "--job" -> job = oneOf("job", value, Job.values());
                case "--episodes" -> episodes = (int) number(option, value, 1, 100_000);
                case "--seed" -> seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--only" -> only = oneOf("fault", value, FaultKind.values());
                default -> json = Path.of(value);
            }
        }
        return new ChaosOptions(job, episodes, seed, only, json);
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

    private static <E extends Enum<E>> E oneOf(String what, String name, E[] all) throws WrongUsage {
        return Arrays.stream(all)
                .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("there is no " + what + " " + name + "; there are " + names(all)));
    }

    private static String names(Enum<?>[] all) {
        return Arrays.stream(all).map(Enum::toString).collect(Collectors.joining(" "));
    }

    /** The command that plays that episode alone. */
    String again(Episode episode) {
        return "./millrace chaos" + (job == Job.TASKS ? "" : " --job " + job) + " --episodes 1 --seed " + episode.seed()
                + (only == null ? "" : " --only " + only);
    }

    /** @param number counted from 1 */
    Episode episode(int number) {
        long ofEpisode = seed + number - 1;
        return only == null ? Episode.of(ofEpisode) : Episode.of(ofEpisode, only);
    }
}
