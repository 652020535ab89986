package io.millrace.local.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.local.terminal.Terminal;
import io.millrace.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Prometheus, which watches nothing; not run where it is not installed. */
class ReleaseWatchITCase {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Predicate<Duration> STOP = step -> true;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false, false, 100);
    private URI address;
    private Process prometheus;

    @BeforeEach
    void start() throws Exception {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "prometheus")));
        assumeThat(installed).as("prometheus is installed").isTrue();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = URI.create("http://localhost:" + port);
        Path nothing = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + nothing,
                        "--storage.tsdb.path=" + directory.resolve("series"),
                        "--web.listen-address=localhost:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Await.until("Prometheus", Duration.ofSeconds(120), () -> "no answer", this::answers);
    }

    private boolean answers() {
        try {
            return !new PrometheusClient(address).query("vector(1)").isEmpty();
        } catch (PrometheusException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (prometheus != null && !prometheus.destroyForcibly().waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Prometheus does not end");
        }
    }

    @Test
    void eachCheckpointIsAskedOnceWhenItIsDueAndTheRestStaysOpen() throws Exception {
        Path results = directory.resolve("results/watch.jsonl");
        Path checkpoints = checkpoints(
                checkpoint("well", 0, "vector(1)", "> 0"),
                checkpoint("ill", 0, "label_replace(vector(3),\"job_name\",\"tasks\",\"\",\"\")", "<= 2"),
                checkpoint("missing", 0, "absent(vector(1))", "> 0"),
                checkpoint("wrong", 1, "sum(", "> 0"),
                checkpoint("later", 40, "vector(1)", "> 0"),
                checkpoint("too late", 50, "vector(1)", "> 0"));

        // Released an hour ago: what was due since is asked at once.
        ReleaseWatch.Verdict first = walk(checkpoints, results, NOW.minusSeconds(3600));

        assertThat(first).isEqualTo(new ReleaseWatch.Verdict(4, 3, 1));
        assertThat(printed())
                .contains("passed  Is it well?  1")
                .contains("failed  Is it ill?  job_name=tasks: 3; each has to be <= 2")
                .contains("no data  Is it missing?")
                .contains("unanswered  Is it wrong?")
                .contains("parse error");
        List<String> kept = Files.readAllLines(results);

        prometheus.destroyForcibly();
        assertThat(walk(checkpoints, results, NOW)).isEqualTo(first);
        assertThat(Files.readAllLines(results)).isEqualTo(kept);
    }

    @Test
    void aPrometheusThatDoesNotAnswerIsSaidAndNotTakenForAFailure() throws Exception {
        prometheus.destroyForcibly().waitFor();

        ReleaseWatch.Verdict verdict =
                walk(checkpoints(checkpoint("well", 0, "vector(1)", "> 0")), directory.resolve("watch.jsonl"), NOW);

        assertThat(verdict).isEqualTo(new ReleaseWatch.Verdict(0, 0, 1));
        assertThat(printed())
                .contains("Prometheus does not answer at " + address)
                .contains("asking again");
    }

    private ReleaseWatch.Verdict walk(Path checkpoints, Path results, Instant releasedAt) throws Exception {
        printed.reset();
        return ReleaseWatch.walk(address, checkpoints, results, releasedAt, Duration.ofHours(48), terminal, STOP);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String checkpoint(String id, int hour, String promql, String pass) {
        return String.format(
                "{\"id\":\"%s\",\"due_hour\":%d,\"question\":\"Is it %s?\",\"promql\":\"%s\",\"pass\":\"%s\"}",
                id, hour, id, promql.replace("\"", "\\\""), pass);
    }

    private Path checkpoints(String... each) throws IOException {
        return Files.writeString(directory.resolve("checkpoints.json"), "[" + String.join(",", each) + "]");
    }
}
