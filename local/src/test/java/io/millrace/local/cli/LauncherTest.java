package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code millrace} itself. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a script for bash")
class LauncherTest {

    /** A shell that sees no other process, as one of another user or in another container does. */
    private static final Map<String, String> ALONE = Map.of("BASH_FUNC_kill%%", "() { return 1; }");

    @TempDir
    private Path directory;

    private LauncherProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void theJarsOfALivePlatformStayAndThoseOfOneThatEndedGo() throws IOException {
        try (LauncherProject.Run live = project.run(Map.of(), "up")) {
            Path kept = live.jar();
            Path gone;
            try (LauncherProject.Run ended = project.run(ALONE, "up")) {
                gone = ended.jar();
                assertThat(gone).exists();
            }

            try (LauncherProject.Run other = project.run(ALONE, "up")) {
                assertThat(other.jar()).exists();
                assertThat(kept).exists();
                assertThat(kept.resolveSibling("lib/library.jar")).exists();
                assertThat(gone).doesNotExist();
            }
        }
    }
}
