package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerEndTest {

    @TempDir
    private Path directory;

    /** What Kafka does when its last log directory has failed, in a process of its own. */
    static final class FailingBroker {

        private FailingBroker() {}

        public static void main(String[] args) {
            BrokerEnd.announce(Path.of(args[0]), Path.of(args[0], "logs", "millrace.log"), System.err);
            Exit.halt(1);
        }
    }

    @Test
    void thatKafkaEndsTheProcessIsToldWithTheLogThatSaysWhy() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FailingBroker.class.getName(),
                        directory.toString())
                .start();

        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err)
                .contains("millrace: Kafka has ended: ")
                .contains("start again")
                .contains(directory.resolve("logs/millrace.log").toString());
    }
}
