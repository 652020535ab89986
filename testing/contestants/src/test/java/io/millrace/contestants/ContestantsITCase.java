package io.millrace.contestants;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is measured beside the tasks job does its work: views, reminders in time, duplicates, dead letters. */
class ContestantsITCase {
    private static final int PARTITIONS = 4;
    private static final int USERS = 6;
    private static final int VIEWS = USERS + USERS / 2;
    private static final Duration DUE_AFTER = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    static Stream<Contestant> contestants() {
        return Stream.of(new StreamsContestant(StreamsContestant.ALL_WAKES), new LoopContestant());
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void viewsRemindersAndDeadLettersAreWritten(Contestant contestant) throws Exception {
        BoundedRocksDb.limit(64 << 20);
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureTaskTopics(PARTITIONS);
            publish(broker.bootstrapServers());
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Assignment assignment = new Assignment(
                    broker.bootstrapServers(),
                    Topics.TASK_EVENTS,
                    Topics.TASK_UPDATES,
                    Files.createDirectory(directory.resolve("state")),
                    2);

            List<String> views = new ArrayList<>();
            List<String> reminders = new ArrayList<>();
            List<String> deadLetters = new ArrayList<>();
            AutoCloseable running = contestant.start(assignment, failure::set);
            try (running;
                    KafkaConsumer<String, String> output = output(broker.bootstrapServers())) {
                Await.until("the output", () -> views + " " + reminders + " " + deadLetters, () -> {
                    output.poll(Duration.ofMillis(100))
                            .forEach(record -> (record.topic().equals(Topics.REMINDERS)
                                            ? reminders
                                            : record.topic().equals(Topics.TASK_UPDATES) ? views : deadLetters)
                                    .add(record.value()));
                    assertThat(failure.get()).isNull();
                    return views.size() >= VIEWS && reminders.size() >= USERS / 2 && deadLetters.size() == 1;
                });
            }

            assertThat(failure.get()).isNull();
            assertThat(reminders).hasSize(USERS / 2).allMatch(reminder -> reminder.contains("\"late\":false"));
            assertThat(views)
                    .hasSize(VIEWS)
                    .filteredOn(view -> view.contains("\"status\":\"completed\""))
                    .hasSize(USERS / 2);
        }
    }

    /**
     * A task for each user, twice; every other one is completed; and one record that is no event. What is completed is
     * due in an hour: these programs don't hold reminders back until they have read what cancels them.
     */
    private static void publish(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        long now = System.currentTimeMillis();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < USERS; i++) {
                Duration dueAfter = i % 2 == 0 ? Duration.ofHours(1) : DUE_AFTER;
                String due = IsoDateTimes.formatUtc(now + dueAfter.toMillis());
                String created = event(i, 1, "task.created", now, ",\"title\":\"Pay\",\"due_at\":\"" + due + "\"");
                send(producer, i, created);
                send(producer, i, created);
                if (i % 2 == 0) {
                    send(producer, i, event(i, 2, "task.completed", now, ""));
                }
            }
            send(producer, 0, "no event");
        }
    }

    private static String event(int user, int number, String type, long now, String fields) {
        return "{\"schema_version\":1,\"event_id\":\"00000000-0000-4000-8000-00000000%02d%02d\"".formatted(user, number)
                + ",\"event_type\":\"" + type + "\",\"occurred_at\":\"" + IsoDateTimes.formatUtc(now)
                + "\",\"user_id\":\"u-" + user + "\",\"task_id\":\"t\"" + fields + "}";
    }

    private static void send(KafkaProducer<String, String> producer, int user, String value) {
        producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, "u-" + user, value));
    }

    private static KafkaConsumer<String, String> output(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> all = Stream.of(Topics.TASK_UPDATES, Topics.REMINDERS, Topics.TASK_EVENTS_DLQ)
                .flatMap(topic -> IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }
}
