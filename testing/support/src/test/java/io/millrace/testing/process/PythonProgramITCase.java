package io.millrace.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonProgramITCase {
    @TempDir
    private Path directory;

    @Test
    void aProgramRunsWithItsArguments() throws IOException {
        Path file =
                Files.writeString(directory.resolve("program.py"), "import json, sys\nprint('given', sys.argv[1])\n");

        OsProcess program = PythonProgram.start("program", directory, "json", file, List.of("seven"));

        Await.until("its end", program::describe, () -> !program.isAlive());
        assertThat(directory.resolve("program.log")).hasContent("given seven");
    }

    @Test
    void whatHasToBeInstalledIsSaid() {
        Path file = directory.resolve("program.py");

        assertThatThrownBy(() -> PythonProgram.start("program", directory, "no_such_module", file, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apt-get install python3-no-such-module");
    }
}
