package io.millrace.contestants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestantProcessTest {
    private final List<Assignment> started = new ArrayList<>();
    private int closed;

    @Test
    void itRunsWhatItIsToldTo() throws Exception {
        assertThat(serve("start in out-1 /a b\nstop\nstart in out-2 /c\nstop\n"))
                .containsExactly("started", "stopped", "started", "stopped");

        assertThat(started)
                .containsExactly(
                        new Assignment("kafka:1", "in", "out-1", Path.of("/a b"), 2),
                        new Assignment("kafka:1", "in", "out-2", Path.of("/c"), 2));
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void whatItDoesNotExpectIsAnError() {
        for (String commands : List.of("stop\n", "start in out\n", "start in out /a\nstart in out /a\n", "go\n")) {
            assertThatThrownBy(() -> serve(commands)).as(commands).isInstanceOf(IOException.class);
        }
    }

    private List<String> serve(String commands) throws Exception {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        ContestantProcess.serve(
                (assignment, onFailure) -> {
                    started.add(assignment);
                    return () -> closed++;
                },
                "kafka:1",
                2,
                new ByteArrayInputStream(commands.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(answers, true, StandardCharsets.UTF_8));
        return answers.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
