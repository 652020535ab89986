package io.millrace.connectors.kafka.lag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds when the first record from an offset on was logged, by one fetch for all partitions that have to be looked at.
 * What was found holds as long as nobody commits further, and is not asked again. For one thread.
 */
final class FirstUnread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstUnread.class);
    private static final Duration POLL = Duration.ofMillis(50);
    /** Of one fetch: what the client keeps of all brokers' answers is not much more. */
    private static final int PARTITIONS_AT_ONCE = 200;

    private static final int API_TIMEOUT_MILLIS = 5_000;
    private static final int PARTITION_BYTES = 64 << 10;
    private static final int FETCH_BYTES = 8 << 20;

    /** Where to look. @param end of the log, when that was asked */
    record Place(TopicPartition partition, long offset, long end) {}

    /**
     * What is there.
     *
     * @param timestamp log time of the record, milliseconds since the epoch; negative when there is none that can be
     *     read
     */
    record Found(long timestamp) {
        static final Found NOTHING = new Found(-1);

        boolean isNothing() {
            return timestamp < 0;
        }
    }

    /** Of a partition, an offset; the end is of those where nothing was: there may be something once it has moved. */
    private Map<Place, Found> known = new HashMap<>();

    private final Properties properties = new Properties();
    private final Set<String> refused = new HashSet<>();
    private Consumer<byte[], byte[]> consumer;

    /** @param adminProperties what a client needs to connect */
    FirstUnread(Properties adminProperties) {
        properties.putAll(adminProperties);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Integer.toString(PARTITION_BYTES),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Integer.toString(FETCH_BYTES),
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                "20",
                // One is enough, and the others of a batch are not copied.
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                "1",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(API_TIMEOUT_MILLIS)));
    }

    /**
     * What is at these places; of some nothing is said when time runs out.
     *
     * @param within how long may be looked
     */
    Map<Place, Found> find(Collection<Place> places, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        Map<Place, Found> found = new HashMap<>();
        Set<Place> open = new HashSet<>();
        for (Place place : places) {
            Found before = known.getOrDefault(place, known.get(anyEnd(place)));
            if (before != null) {
                found.put(place, before);
            } else if (!refused.contains(place.partition().topic())) {
                open.add(place);
            }
        }
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            List<Place> round = round(open);
            look(round, found, deadline);
            round.forEach(open::remove);
        }
        known = remembered(found);
        return found;
    }

    /** Lets topics be read again that could not be before: somebody may have allowed it. */
    void forgetRefusals() {
        refused.clear();
    }

    private static Place anyEnd(Place place) {
        return new Place(place.partition(), place.offset(), -1);
    }

    private static Map<Place, Found> remembered(Map<Place, Found> found) {
        Map<Place, Found> remembered = new HashMap<>();
        found.forEach((place, what) -> remembered.put(what.isNothing() ? place : anyEnd(place), what));
        return remembered;
    }

    /** Places of different partitions: several groups may be at different places of one. */
    private static List<Place> round(Set<Place> open) {
        Set<TopicPartition> taken = new HashSet<>();
        List<Place> round = new ArrayList<>();
        for (Place place : open) {
            if (round.size() < PARTITIONS_AT_ONCE && taken.add(place.partition())) {
                round.add(place);
            }
        }
        return round;
    }

    private void look(List<Place> round, Map<Place, Found> found, long deadline) {
        try {
            if (consumer == null) {
                consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }
            consumer.assign(round.stream().map(Place::partition).toList());
            round.forEach(place -> consumer.seek(place.partition(), place.offset()));
            List<Place> open = new ArrayList<>(round);
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    take(open, partition, new Found(Math.max(0, record.timestamp())), found);
                    consumer.pause(List.of(partition));
                }
                for (Place place : List.copyOf(open)) {
                    if (isReadToTheEnd(place)) {
                        take(open, place.partition(), Found.NOTHING, found);
                        consumer.pause(List.of(place.partition()));
                    }
                }
            }
            consumer.assign(List.of());
        } catch (TopicAuthorizationException e) {
            LOG.warn("Records of {} may not be read; how late groups are is told less exactly", e.unauthorizedTopics());
            refused.addAll(e.unauthorizedTopics());
            disconnect();
        } catch (KafkaException e) {
            LOG.warn("The broker does not say when the first unread records were logged: {}", e.toString());
            disconnect();
        }
    }

    private static void take(List<Place> open, TopicPartition partition, Found what, Map<Place, Found> found) {
        open.removeIf(place -> {
            boolean is = place.partition().equals(partition);
            if (is) {
                found.put(place, what);
            }
            return is;
        });
    }

    /** Whether what is left is no record, or one of a transaction that is not committed. */
    private boolean isReadToTheEnd(Place place) {
        return consumer.position(place.partition()) >= place.end()
                || consumer.currentLag(place.partition()).orElse(1) == 0;
    }

    private void disconnect() {
        Consumer<byte[], byte[]> former = consumer;
        consumer = null;
        if (former != null) {
            former.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
