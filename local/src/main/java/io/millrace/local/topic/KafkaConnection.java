package io.millrace.local.topic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients of one Kafka cluster, of raw bytes, with time limits short enough for a person who waits. The caller closes what
 * it gets.
 */
public final class KafkaConnection {

    /** How long a broker may take to answer, in milliseconds. */
    private static final int ANSWER_MILLIS = 4_000;

    private static final int CONNECT_MILLIS = 2_000;
    private static final int REQUEST_MAX_BYTES = 24 << 20;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String bootstrapServers;

    private KafkaConnection(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @throws TopicException when none of them accepts a connection
     */
    public static KafkaConnection to(String bootstrapServers) {
        for (String server : bootstrapServers.split(",")) {
            if (accepts(server.strip())) {
                return new KafkaConnection(bootstrapServers);
            }
        }
        throw new TopicException("Kafka is not reachable at " + bootstrapServers
                + "; start the platform with ./millrace up, or name another broker with --kafka HOST:PORT");
    }

    private static boolean accepts(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(server.substring(colon + 1));
            socket.connect(new InetSocketAddress(server.substring(0, Math.max(colon, 0)), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        } catch (IllegalArgumentException e) {
            throw new TopicException("'" + server + "' is no Kafka address; it has the form HOST:PORT", e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** To be closed with {@link #closeLimit}: without a limit it may wait for ever for a broker that stands still. */
    public Admin admin() {
        return Admin.create(settings(Map.of("default.api.timeout.ms", ANSWER_MILLIS)));
    }

    /** A consumer that is assigned partitions by hand; {@code group} null for none. */
    public KafkaConsumer<byte[], byte[]> consumer(String group) {
        Map<String, Object> more = new HashMap<>();
        more.put("enable.auto.commit", false);
        more.put("auto.offset.reset", "earliest");
        more.put("isolation.level", "read_committed");
        more.put("default.api.timeout.ms", ANSWER_MILLIS);
        more.put("fetch.max.wait.ms", 100);
        if (group != null) {
            more.put("group.id", group);
        }
        return new KafkaConsumer<>(settings(more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer that waits for every in-sync replica and writes nothing twice by itself. */
    public KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> more = new HashMap<>();
        more.put("acks", "all");
        more.put("enable.idempotence", true);
        more.put("linger.ms", 5);
        more.put("buffer.memory", 32L << 20);
        more.put("max.request.size", REQUEST_MAX_BYTES);
        more.put("max.block.ms", ANSWER_MILLIS);
        more.put("delivery.timeout.ms", 15_000);
        more.put("request.timeout.ms", ANSWER_MILLIS);
        return new KafkaProducer<>(settings(more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.putIfAbsent("request.timeout.ms", ANSWER_MILLIS);
        return settings;
    }

    /**
     * The partitions of a topic.
     *
     * @throws TopicException when there is no such topic; the message lists those there are
     */
    public List<TopicPartition> partitions(String topic) {
        return ask(admin -> {
            Set<String> names = answer(admin.listTopics().names());
            if (!names.contains(topic)) {
                throw new TopicException("there is no topic '" + topic + "'; there are: "
                        + String.join(", ", names.stream().sorted().toList()));
            }
            return answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        });
    }

    /** The names of all topics but Kafka's own, sorted. */
    public List<String> topics() {
        return ask(admin -> answer(admin.listTopics().names()).stream().sorted().toList());
    }

    private <T> T ask(Function<Admin, T> question) {
        Admin admin = admin();
        try {
            return question.apply(admin);
        } finally {
            admin.close(CLOSE_LIMIT);
        }
    }

    /** Waits for an answer of an {@link Admin}, bounded in time. */
    <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while waiting for Kafka", e);
        } catch (TimeoutException e) {
            throw new TopicException("Kafka at " + bootstrapServers + " does not answer", e);
        } catch (ExecutionException e) {
            throw new TopicException(
                    "Kafka at " + bootstrapServers + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    static Duration closeLimit() {
        return CLOSE_LIMIT;
    }
}
