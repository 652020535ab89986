package io.millrace.chaos;

import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code chaos}. */
public final class Chaos {
    private static final int OFFENCES = 1;
    private static final int WRONG_USAGE = 2;

    private final ChaosOptions options;
    private final Path jar;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Report> wholes = new ArrayList<>();
    private boolean logsWanted;

    Chaos(ChaosOptions options, Path jar) {
        this.options = options;
        this.jar = jar;
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(ChaosOptions.USAGE);
            return;
        }
        try {
            ChaosOptions options = ChaosOptions.parse(List.of(arguments), System.currentTimeMillis());
            System.exit(
                    new Chaos(options, options.job().jar(Path.of(System.getProperty("millrace.home", ".")))).run()
                            ? 0
                            : OFFENCES);
        } catch (ChaosOptions.WrongUsage e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    /** Plays all episodes and prints what happens; answers whether every promise was kept. */
    boolean run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("millrace-chaos-");
        System.out.printf(
                "%d episodes of the %s job from seed %d; logs in %s%n",
                options.episodes(), options.job(), options.seed(), directory);
        Summary summary = new Summary(options, outcomes, wholes);
        int clusters = 0;
        while (outcomes.size() < options.episodes()) {
            Path own = Files.createDirectory(directory.resolve("cluster-" + ++clusters));
            try (Workload workload = options.job().workload(own);
                    Crew crew = Crew.start(own, jar, workload)) {
                sayWhatIsSkipped(crew, clusters);
                playOn(crew);
            }
        }
        System.out.print(summary.text());
        if (options.json() != null) {
            summary.writeJson(options.json());
        }
        if (!logsWanted) {
            Directories.delete(directory);
        }
        return summary.isClean();
    }

    private static void sayWhatIsSkipped(Crew crew, int clusters) {
        if (clusters == 1 && !crew.can(new Fault(FaultKind.CHECKPOINTS_FULL, 0, 0, 0, 0))) {
            System.out.println(
                    "checkpoints-full and checkpoints-slow are skipped: a file system of its own can't be mounted here");
        }
    }

    /** Until all is played, or the cluster does not recover. */
    private void playOn(Crew crew) throws InterruptedException {
        while (outcomes.size() < options.episodes()) {
            int number = outcomes.size() + 1;
            Episode episode = options.episode(number);
            Outcome outcome = crew.play(number, episode);
            outcomes.add(outcome);
            System.out.println(Summary.line(outcome, options.episodes()));
            if (!outcome.isClean()) {
                logsWanted = true;
                System.out.println(outcome.report() == null ? crew.describe() : outcome.report());
                System.out.println("again: " + options.again(episode));
            }
            if (outcome.trouble() != null) {
                return;
            }
        }
        Report whole = crew.judgeAll();
        wholes.add(whole);
        logsWanted |= !whole.isClean();
        System.out.println("All of it, from the first record: " + whole);
    }
}
