package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows some of the ready queries with what the lake answers: as anybody would ask it, by the command for that. */
final class LakeAnswers {
    private static final List<String> QUERIES = List.of("tasks-by-hour", "reminder-lateness", "agent-outcomes");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private LakeAnswers() {}

    static void show(PlatformRun run, Terminal terminal) {
        if (!run.runs("audit") || !run.runs("analytics")) {
            return;
        }
        terminal.println(terminal.bold("The lake") + "  ./millrace sql --file docs/examples/sql/…");
        if (!run.platform().allRun()) {
            terminal.println("  the jobs audit and analytics had not started yet: ask it in a longer run");
            return;
        }
        try {
            ask(run.platform().home(), run.platform().dataDirectory(), terminal);
        } catch (IOException e) {
            terminal.println("  it could not be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ask(Path home, Path data, Terminal terminal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("millrace").toString(), "sql", "--format", "table", "--data-dir", data.toString()));
        for (String query : QUERIES) {
            command.add("--file");
            command.add(home.resolve("docs/examples/sql/" + query + ".sql").toString());
        }
        Process asked = new ProcessBuilder(command).inheritIO().start();
        if (!asked.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            asked.destroy();
            terminal.println("  it did not answer within " + LIMIT.toSeconds() + " s");
        }
    }
}
