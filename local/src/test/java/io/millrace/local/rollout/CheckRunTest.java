package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.Readiness.Answer;
import io.millrace.logic.rollout.Readiness.Verdict;
import io.millrace.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Answer run(String command, Duration limit) throws InterruptedException {
        return CheckRun.run("tests", command, new PrintStream(printed, true, StandardCharsets.UTF_8), limit);
    }

    @Test
    void itsExitStatusIsTheAnswer() throws Exception {
        assertThat(run("echo all of them", LIMIT).verdict()).isEqualTo(Verdict.GO);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("all of them\n");

        Answer failed = run("echo two failed >&2; exit 3", LIMIT);
        assertThat(failed.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(failed.detail()).startsWith("exit status 3 after ");
        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("two failed\n");
    }

    @Test
    void oneThatReadsHasNothingToRead() throws Exception {
        assertThat(run("cat", LIMIT).verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void oneThatDoesNotEndIsEnded() throws Exception {
        Path ids = directory.resolve("ids");
        Answer answer = run(
                "sleep 600 & echo $! > " + ids + "; sleep 600; sleep 600 & echo $! > " + ids, Duration.ofSeconds(2));

        assertThat(answer.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(answer.detail()).startsWith("it had not ended after ");
        long started = Long.parseLong(Files.readString(ids).strip());
        Await.until(
                "what it started has ended",
                () -> ProcessHandle.of(started).filter(ProcessHandle::isAlive).isEmpty());
    }
}
