package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicWatchTest {

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());

    TopicWatchTest() {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        for (String topic : List.of(Topics.TASK_EVENTS, Topics.REMINDERS, Topics.AGENT_RESULTS)) {
            beginnings.put(new TopicPartition(topic, 0), 0L);
        }
        consumer.assign(beginnings.keySet());
        consumer.updateBeginningOffsets(beginnings);
    }

    private void add(String topic, long offset, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(new ConsumerRecord<>(topic, 0, offset, new byte[0], bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reminders     | ",
                "reminders     | no JSON",
                "reminders     | {}",
                "reminders     | {\"remind_at\":\"+1000000000-12-31T23:59:59Z\"}",
                "agent-results | ",
                "agent-results | no JSON",
            })
    void whatIsNoRecordOfItsTopicIsPassedOver(String topic, String value) {
        add(topic, 0, value);
        add(Topics.REMINDERS, 1, "{\"remind_at\":\"2026-11-20T08:00:00Z\"}");
        add(Topics.AGENT_RESULTS, 1, "{\"cached\":true}");

        try (TopicWatch watch = TopicWatch.start(consumer)) {
            Await.until(
                    "the others to be counted",
                    () -> watch.numbers().toString(),
                    () -> watch.numbers().reminders() == 1 && watch.numbers().cached() == 1);
            assertThat(watch.numbers().answered()).isEqualTo(1);
            assertThat(watch.numbers().stale()).isFalse();
        }
    }

    @Test
    void numbersThatAreNotCountedAnyLongerAreStale() {
        consumer.setPollException(new KafkaException("refused"));

        try (TopicWatch watch = TopicWatch.start(consumer)) {
            Await.until("the end of counting", () -> watch.numbers().stale());
        }
    }

    @Test
    void theNumbersOfAWatchThatWasClosedAreNotStale() {
        TopicWatch watch = TopicWatch.start(consumer);
        watch.close();

        assertThat(watch.numbers().stale()).isFalse();
    }
}
