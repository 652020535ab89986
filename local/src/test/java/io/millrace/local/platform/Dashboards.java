package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import io.millrace.testing.process.OsProcess;
import io.millrace.testing.process.PythonProgram;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What writes and checks dashboards and alert rules: {@code dashboards/watch.py}. */
final class Dashboards {
    private static final Path PROGRAM = Path.of(System.getProperty("millrace.home"), "dashboards", "watch.py");
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Dashboards() {}

    /** Whether a program of Prometheus is installed. */
    static boolean hasProgram(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /**
     * Runs it with these arguments.
     *
     * @param directory for its log
     * @throws AssertionError with what it says when it finds anything wrong
     */
    static void requireRight(Path directory, String... arguments) {
        OsProcess program = PythonProgram.start("watch", directory, null, PROGRAM, List.of(arguments));
        try {
            Await.until("the end of watch.py", LIMIT, program::describe, () -> !program.isAlive());
            assertThat(program.describe()).startsWith("watch ended with status 0");
        } finally {
            program.stop();
        }
    }
}
