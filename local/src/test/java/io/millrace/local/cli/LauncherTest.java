package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code millrace} itself. */
@Timeout(120)
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

    @Test
    void aLibraryThatCannotBeDownloadedIsToldInTwoLinesWithTheLog() throws Exception {
        project.maven(
                """
                #!/bin/sh
                if [ "$1" = --version ]; then echo 'Apache Maven 3.9.9'; exit; fi
                echo '[ERROR] Failed to execute goal on project millrace-schemas: Could not resolve dependencies for project'
                echo '[ERROR] dependency: org.example:lib:jar:1.0 (compile)'
                echo '[ERROR] 	Could not transfer artifact org.example:lib:pom:1.0 from/to central (https://repository.example/maven2): repository.example: Name or service not known: Unknown host repository.example -> [Help 1]'
                i=0; while [ $i -lt 50 ]; do echo "[ERROR] at line $i of a stack trace"; i=$((i + 1)); done
                exit 1
                """);

        try (LauncherProject.Run run = project.run(Map.of(), "status")) {
            List<String> said = run.output();

            assertThat(run.status()).isEqualTo(1);
            assertThat(said).hasSize(3);
            assertThat(said.get(1))
                    .contains("org.example:lib:pom:1.0 from central (https://repository.example/maven2)")
                    .endsWith("Unknown host repository.example)");
            assertThat(said.get(2))
                    .contains("settings.xml")
                    .contains(
                            project.home().resolve("target/launcher-build.log").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b[31mb", "a\nforged"})
    void whatATerminalWouldObeyIsShownOnly(String command) throws Exception {
        try (LauncherProject.Run run = project.run(Map.of(), command)) {
            List<String> said = run.output();
            assertThat(said).hasSize(2);
            assertThat(said).allSatisfy(line -> assertThat(line.chars()).noneMatch(Character::isISOControl));
            assertThat(run.status()).isEqualTo(2);
        }
    }

    @Test
    void helpOfTheChecksIsAskedForAmongOptionsOfMaven() throws IOException {
        try (LauncherProject.Run run = project.run(Map.of(), "test", "-X", "--help")) {
            assertThat(run.arguments()).endsWith("io.millrace.local.cli.Main", "help", "test");
        }
    }
}
