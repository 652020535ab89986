package io.millrace.local.watch;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Asks each checkpoint when it is due, tells of it, and keeps what came out. */
public final class ReleaseWatch {
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(15);
    /** A Prometheus that is started anew is back before. */
    private static final Duration ASK_FOR = Duration.ofMinutes(15);

    private final PrometheusClient prometheus;
    private final List<Checkpoint> checkpoints;
    private final ResultsFile results;
    private final Terminal terminal;
    private final Predicate<Duration> stopped;

    private ReleaseWatch(
            PrometheusClient prometheus,
            List<Checkpoint> checkpoints,
            ResultsFile results,
            Terminal terminal,
            Predicate<Duration> stopped) {
        this.prometheus = prometheus;
        this.checkpoints = checkpoints;
        this.results = results;
        this.terminal = terminal;
        this.stopped = stopped;
    }

    /**
     * How it ended.
     *
     * @param asked how many checkpoints have an answer, of this watch or of the one it goes on with
     * @param open how many are not due yet
     */
    public record Verdict(int asked, int failed, int open) {

        /** Whether the release may stay, as far as was asked. */
        public boolean isGood() {
            return failed == 0;
        }
    }

    /**
     * Walks the checkpoints that are due within {@code hours} of the release.
     *
     * @param checkpoints the file that lists them
     * @param results where what comes out is kept; a watch that is there is gone on with, and its release is the one
     * @param releasedAt when there is none
     * @param stopped waits for that long; whether to stop
     * @throws IOException when a file can't be read or written
     */
    public static Verdict walk(
            URI prometheus,
            Path checkpoints,
            Path results,
            Instant releasedAt,
            Duration hours,
            Terminal terminal,
            Predicate<Duration> stopped)
            throws IOException, InterruptedException {
        List<Checkpoint> due = Checkpoint.read(checkpoints).stream()
                .filter(checkpoint -> checkpoint.due().compareTo(hours) <= 0)
                .toList();
        ResultsFile file = ResultsFile.open(results, releasedAt);
        return new ReleaseWatch(new PrometheusClient(prometheus), due, file, terminal, stopped).walk();
    }

    private Verdict walk() throws IOException, InterruptedException {
        terminal.println(
                terminal.bold(checkpoints.size() + " checkpoints") + " after the release of " + results.releasedAt());
        for (Checkpoint checkpoint : checkpoints) {
            Finding known = results.of(checkpoint);
            if (known != null) {
                tell(checkpoint, known);
            } else if (awaitDue(checkpoint) || !ask(checkpoint)) {
                break;
            }
        }
        terminal.clear();
        int asked = 0;
        int failed = 0;
        for (Checkpoint checkpoint : checkpoints) {
            Finding finding = results.of(checkpoint);
            asked += finding == null ? 0 : 1;
            failed += finding == null || finding.passed() ? 0 : 1;
        }
        return new Verdict(asked, failed, checkpoints.size() - asked);
    }

    /** @return whether to stop */
    private boolean awaitDue(Checkpoint checkpoint) {
        Instant due = results.releasedAt().plus(checkpoint.due());
        while (true) {
            Duration left = Duration.between(Instant.now(), due);
            if (left.isZero() || left.isNegative()) {
                return false;
            }
            if (terminal.isInteractive()) {
                terminal.live("next in " + Figures.time(left) + ": " + checkpoint.question());
            }
            Duration step = left.compareTo(ASK_AGAIN_AFTER) < 0 ? left.plusMillis(1) : ASK_AGAIN_AFTER;
            if (stopped.test(step)) {
                return true;
            }
        }
    }

    /** @return false when it is to stop */
    private boolean ask(Checkpoint checkpoint) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(ASK_FOR);
        boolean said = false;
        while (true) {
            Instant now = Instant.now();
            try {
                settle(checkpoint, Finding.of(checkpoint, now, prometheus.query(checkpoint.promql())));
                return true;
            } catch (PrometheusException e) {
                if (e.isFinal() || now.isAfter(until)) {
                    settle(checkpoint, new Finding(checkpoint.id(), now, Finding.Outcome.UNANSWERED, e.getMessage()));
                    return true;
                }
                if (!said) {
                    said = true;
                    terminal.println(terminal.red(e.getMessage()) + "; asking again for " + Figures.time(ASK_FOR)
                            + " (--prometheus says where it is)");
                }
            }
            if (stopped.test(ASK_AGAIN_AFTER)) {
                return false;
            }
        }
    }

    private void settle(Checkpoint checkpoint, Finding finding) throws IOException {
        results.add(finding);
        tell(checkpoint, finding);
    }

    private void tell(Checkpoint checkpoint, Finding finding) {
        String hour = "h+" + checkpoint.due().toHours();
        String outcome = finding.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String mark = finding.passed() ? terminal.green("passed") : terminal.red(outcome);
        String wanted =
                finding.passed() ? "" : "; each has to be " + checkpoint.pass().text();
        terminal.println(String.format(
                Locale.ROOT, "%-5s %s  %s  %s%s", hour, mark, checkpoint.question(), finding.said(), wanted));
    }
}
