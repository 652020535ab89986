package io.millrace.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerProcessITCase {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String TOPIC = "events";
    private static final List<TopicSpec> TOPICS = List.of(TopicSpec.logAppended(TOPIC, 1));

    @TempDir
    Path directory;

    @Test
    void aKilledBrokerIsTakenUpAgain() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory, START_LIMIT)) {
            try (TopicProbe probe = new TopicProbe(broker.bootstrapServers(), TOPICS)) {
                probe.publish(TOPIC, "u-1", "first".getBytes(StandardCharsets.UTF_8));
                probe.flush();
            }

            broker.process().kill();
            broker.launch();
            broker.awaitServing(START_LIMIT);

            try (TopicProbe probe = new TopicProbe(broker.bootstrapServers(), TOPICS)) {
                probe.await("the record", () -> !probe.read(TOPIC).isEmpty());
                assertThat(probe.read(TOPIC)).hasSize(1);
            }
        }
    }

    @Test
    void oneThatIsPausedDoesNotAnswerAndGoesOn() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory, START_LIMIT)) {
            broker.process().pause();
            assertThatThrownBy(() -> broker.awaitServing(Duration.ofSeconds(2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not answer");
            broker.process().resume();
            broker.awaitServing(START_LIMIT);
        }
    }
}
