package io.millrace.chaos;

import io.millrace.testing.audit.AuditReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command {@code chaos}. */
public final class Chaos {
    private static final int OFFENCES = 1;
    private static final int WRONG_USAGE = 2;

    private final ChaosOptions options;
    private final Path jar;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<AuditReport> wholes = new ArrayList<>();
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
                    new Chaos(options, jar(Path.of(System.getProperty("millrace.home", ".")))).run() ? 0 : OFFENCES);
        } catch (ChaosOptions.WrongUsage e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    /** The jar of the tasks job, as it is deployed. */
    static Path jar(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("jobs/tasks/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("millrace-tasks-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in jobs/tasks/target"));
        }
    }

    /** Plays all episodes and prints what happens; answers whether every promise was kept. */
    boolean run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("millrace-chaos-");
        System.out.printf("%d episodes from seed %d; logs in %s%n", options.episodes(), options.seed(), directory);
        Summary summary = new Summary(options, outcomes, wholes);
        int clusters = 0;
        while (outcomes.size() < options.episodes()) {
            try (Crew crew = Crew.start(directory.resolve("cluster-" + ++clusters), jar)) {
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
        AuditReport whole = crew.judgeAll();
        wholes.add(whole);
        logsWanted |= !whole.isClean();
        System.out.println("All of it, from the first record: " + whole);
    }
}
