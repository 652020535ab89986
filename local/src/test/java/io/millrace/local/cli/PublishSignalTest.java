package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;

@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such signals")
class PublishSignalTest {

    /** A process that publishes nothing yet. */
    static final class Reading {
        public static void main(String[] args) throws Exception {
            PublishSignal.install();
            System.out.println("ready");
            System.in.read();
        }
    }

    @Test
    void afterTheFirstRecordNoMoreAreSent() {
        try (PublishSignal signal = PublishSignal.install()) {
            assertThat(signal.goesOn()).isTrue();

            // Not the other one: Java leaves it ignored where the shell ignores it, as of what runs in the background.
            Signal.raise(new Signal("TERM"));

            Await.until("the signal", () -> !signal.goesOn());
            assertThat(signal.isReceived()).isTrue();
        }
    }

    @Test
    void beforeTheFirstRecordItIsSaidThatNoneIsPublished() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName())
                .start();
        try (InputStream out = process.getInputStream();
                PrintStream in = new PrintStream(process.getOutputStream())) {
            assertThat(new String(out.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("ready");

            // The process itself would close its streams.
            process.toHandle().destroy();

            assertThat(process.waitFor()).isEqualTo(PublishSignal.STATUS);
            assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("millrace: interrupted: nothing published");
        }
    }
}
