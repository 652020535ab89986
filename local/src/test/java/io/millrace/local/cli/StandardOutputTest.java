package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StandardOutputTest {

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "help", "jobs --help"})
    @EnabledIf("hasFullDevice")
    void aCommandThatCannotPrintHasFailed(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains("millrace: standard output cannot be written: ");
    }

    @Test
    void whatIsWrittenIsThere() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput output = new StandardOutput(bytes);

        output.write("abc".getBytes(StandardCharsets.US_ASCII));
        output.write('d');

        assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("abcd");
        assertThat(output.problem()).isNull();
    }

    @Test
    void thatNobodyReadsAnyLongerIsNoProblem() {
        assertThat(problemOf("Broken pipe")).isNull();
        assertThat(problemOf("No space left on device"))
                .isEqualTo("standard output cannot be written: No space left on device");
        assertThat(problemOf(null)).isNotNull();
    }

    private static String problemOf(String message) {
        StandardOutput output = new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

        out.println("a record");

        assertThat(out.checkError()).isTrue();
        return output.problem();
    }
}
