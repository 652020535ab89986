package io.millrace.gateway.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenFeature's client for JavaScript, with its provider of OFREP, asks a gateway on a real broker. It is skipped where there is no node,
 * or npm can't fetch the versions that {@code openfeature/package.json} names.
 */
class OpenFeatureNodeITCase {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    @Test
    void aFlagThatChangesOnTheTopicChangesForTheClient() throws Exception {
        copy("package.json");
        copy("client.mjs");
        assumeTrue(runs("npm", "install", "--no-audit", "--no-fund"), "node and npm, and a registry that npm reaches");
        try (FlagGateway gateway = new FlagGateway(directory)) {
            gateway.publish("checkout", 0);
            Await.until("the flag is served", LIMIT, () -> "", () -> ask(gateway, "ann", "tin")
                    .startsWith("false"));

            assertThat(ask(gateway, "ann", "tin")).isEqualTo("false off TARGETING_MATCH undefined 0");
            assertThat(ask(gateway, "ann", "gold")).isEqualTo("true on TARGETING_MATCH undefined 0");

            gateway.publish("checkout", 100);
            Await.until("the change is served", LIMIT, () -> "", () -> ask(gateway, "ann", "tin")
                    .startsWith("true on"));
        }
    }

    /** What the client makes of it: value, variant, reason, error and revision. */
    private String ask(FlagGateway gateway, String user, String plan) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        assertThat(runs("node", "client.mjs", gateway.url(), "checkout", user, plan))
                .as(Files.readString(out))
                .isTrue();
        return Files.readString(out).strip();
    }

    private void copy(String file) throws IOException {
        try (InputStream content = OpenFeatureNodeITCase.class.getResourceAsStream("/openfeature/" + file)) {
            Files.copy(Objects.requireNonNull(content), directory.resolve(file));
        }
    }

    private boolean runs(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out.txt").toFile())
                    .start();
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
