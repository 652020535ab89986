package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.watch.ReleaseWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        description =
                "Watch a release: ask Prometheus each checkpoint of docs/watching.md when it is due, keep what comes"
                        + " out, and end with a verdict. Exit status 1 when one failed or is still open.")
final class WatchCommand implements Callable<Integer> {
    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "48",
            description = "How long after the release; default: ${DEFAULT-VALUE}. 0: only what is due at once.")
    private int hours;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "When it was released, such as 2026-11-20T09:00:00Z. Default: now.")
    private Instant since;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            defaultValue = "http://localhost:9090",
            description = "Where Prometheus is; default: ${DEFAULT-VALUE}.")
    private URI prometheus;

    @Option(
            names = "--checkpoints",
            paramLabel = "FILE",
            description = "Others than those of dashboards/watch/checkpoints.json.")
    private Path checkpoints;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where to keep what comes out; one that is there is gone on with. Default: watch-TIME.jsonl.")
    private Path results;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (hours < 0) {
            throw new ParameterException(spec.commandLine(), "--hours: must not be negative");
        }
        PrometheusAddress.require(spec, prometheus);
        Instant released = (since == null ? Instant.now() : since).truncatedTo(ChronoUnit.SECONDS);
        Path file = results == null ? Path.of("watch-" + released.toString().replace(":", "") + ".jsonl") : results;
        Path listed = checkpoints == null ? Home.directory().resolve("dashboards/watch/checkpoints.json") : checkpoints;
        StopSignal stop = StopSignal.install();
        Terminal terminal = Terminal.ofProcess(System.out);
        ReleaseWatch.Verdict verdict =
                ReleaseWatch.walk(prometheus, listed, file, released, Duration.ofHours(hours), terminal, stop::await);
        terminal.println(verdict.asked() + " asked, " + verdict.failed() + " failed"
                + (verdict.open() > 0 ? ", " + verdict.open() + " still open" : "") + "; kept in " + file);
        if (verdict.open() > 0) {
            terminal.println("Go on with: ./millrace watch --hours " + hours + " --results " + file);
        } else {
            terminal.println(
                    verdict.isGood()
                            ? terminal.green("The release may stay.")
                            : terminal.red("The release has failed.") + " See docs/runbooks/incident-guide.md");
        }
        return verdict.isGood() && verdict.open() == 0 ? 0 : 1;
    }
}
