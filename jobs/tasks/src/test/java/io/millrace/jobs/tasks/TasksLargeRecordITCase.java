package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.testing.jobs.JobBed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compressed, a record gets past every limit of the broker, however large it is, where the topic was not always {@code
 * compression.type=uncompressed}.
 */
@Timeout(180)
class TasksLargeRecordITCase {
    private static final int BYTES = DeadLetters.MAX_BYTES + (8 << 20);

    @TempDir
    Path directory;

    @Test
    void aCompressedRecordOfMoreThan16MiBIsADeadLetterWithItsBeginning() throws Exception {
        try (JobBed bed = JobBed.start(TasksJob.JOB, directory, 1, 2);
                TaskTopics topics = TaskTopics.make(bed.broker(), "")) {
            JobID job = bed.run(2, topics.arguments());
            try (TopicAdmin admin = new TopicAdmin(bed.broker().bootstrapServers())) {
                admin.ensure(List.of(TopicSpec.logAppended(topics.events(), 1).with("compression.type", "producer")));
            }
            byte[] value = ("{\"title\":\"" + "x".repeat(BYTES)).getBytes(StandardCharsets.UTF_8);

            for (String compression : new String[] {"lz4", "zstd"}) {
                int before = topics.read(topics.deadLetters()).size();
                RecordMetadata position = publish(bed, topics, compression, value);
                topics.await(
                        compression + " dead letter",
                        () -> topics.read(topics.deadLetters()).size() > before);

                ConsumerRecord<byte[], byte[]> letter =
                        topics.read(topics.deadLetters()).get(before);
                assertThat(TaskTopics.header(letter, "error_code")).isEqualTo("too_large");
                assertThat(TaskTopics.header(letter, "truncated_from"))
                        .isEqualTo(Integer.toString(value.length + "u-1".length()));
                assertThat(TaskTopics.header(letter, "source_offset")).isEqualTo(Long.toString(position.offset()));
                assertThat(TaskTopics.header(letter, "source_partition"))
                        .isEqualTo(Integer.toString(position.partition()));
                assertThat(TaskTopics.key(letter)).isEqualTo("u-1");
                assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 1 << 20));
            }

            topics.publish(EventJson.created("u-1", "t-after"));
            topics.await(
                    "a view", () -> !topics.about(topics.updates(), "t-after").isEmpty());
            assertThat(bed.cluster().restarts(job)).isZero();
            bed.cluster().cancel(job);
        }
    }

    private static RecordMetadata publish(JobBed bed, TaskTopics topics, String compression, byte[] value)
            throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bed.broker().bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 * BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        4L * BYTES,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) Duration.ofMinutes(1).toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) Duration.ofSeconds(20).toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topics.events(), "u-1".getBytes(StandardCharsets.UTF_8), value))
                    .get(1, TimeUnit.MINUTES);
        }
    }
}
