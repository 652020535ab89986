package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever writes a file of senders is shown. */
class HookTrialTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;
    private Path body;

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("hooks.yaml");
        body = directory.resolve("body.json");
        Files.writeString(
                file,
                "sources:\n  - name: shop\n    tenant: acme\n    signature: {kind: github, secrets: [{env: NOT_HERE}]}\n"
                        + "    events: [{type: task.created, fields: {user_id: '${ $headers[\"x-user\"] }',"
                        + " title: '${ .title }', tags: ['${ $query.a }']}}]\n");
        Files.writeString(body, "{\"title\":\"Pay the rent\"}");
    }

    private int run(String... arguments) {
        return HookTrial.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void eventsAreShownWithoutSecretsAndAPlatform() {
        int status = run(
                file.toString(),
                "--source",
                "shop",
                "--body",
                body.toString(),
                "--header",
                "X-GitHub-Delivery: d",
                "--header",
                "X-User: ann",
                "--query",
                "a=b");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("task-events", "Pay the rent", "\"ann\"", "\"b\"");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(run(file.toString(), "--source", "shop", "--body", body.toString()))
                .isEqualTo(1);
        assertThat(run(file.toString(), "--source", "other", "--body", body.toString()))
                .isEqualTo(1);
        assertThat(run(file.toString(), "--source", "shop", "--body", "none.json"))
                .isEqualTo(1);
        Files.writeString(file, "sources: 1");
        assertThat(run(file.toString(), "--source", "shop", "--body", body.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "sources[0].delivery: must come to 1 to 500 characters",
                        "there is no source other in",
                        "none.json",
                        "sources: must be a list");
    }

    @Test
    void wrongUsageIsToldTheRightOne() {
        assertThat(run()).isEqualTo(2);
        assertThat(run(file.toString(), "--source")).isEqualTo(2);
        assertThat(run(file.toString(), "--nonsense", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: gateway hooks FILE");
    }
}
