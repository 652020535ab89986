package io.millrace.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicProbeITCase {
    private static final TopicSpec ONE = TopicSpec.logAppended("one", 2);
    private static final TopicSpec OTHER = TopicSpec.logAppended("other", 1);

    @TempDir
    Path data;

    @Test
    void whatIsWrittenIsReadWithItsKeyAndHeadersAlsoByALaterProbe() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(data).start()) {
            try (TopicProbe probe = new TopicProbe(broker, List.of(ONE, OTHER))) {
                probe.publish("one", "k", bytes("{\"a\":1}"), TopicProbe.header("h", "x"));
                probe.publish("one", null, null);
                probe.publish("other", "k", bytes("no JSON"));

                probe.await(
                        "three records",
                        () -> probe.read("one").size() == 2
                                && probe.read("other").size() == 1);
                probe.awaitQuiet(Duration.ofMillis(200));

                ConsumerRecord<byte[], byte[]> first = probe.read("one").stream()
                        .filter(record -> record.value() != null)
                        .findFirst()
                        .orElseThrow();
                assertThat(TopicProbe.key(first)).isEqualTo("k");
                assertThat(TopicProbe.header(first, "h")).isEqualTo("x");
                assertThat(TopicProbe.header(first, "none")).isNull();
                assertThat(TopicProbe.json(first).path("a").asInt()).isEqualTo(1);
                assertThatThrownBy(() -> probe.jsonOf("other")).isInstanceOf(AssertionError.class);
            }
            try (TopicProbe later = new TopicProbe(broker, List.of(ONE))) {
                later.await("both records", () -> later.read("one").size() == 2);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
