package io.millrace.local.topic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients of one Kafka cluster, of raw bytes, for a person who waits: a broker that nobody runs is told at once, one on
 * a busy machine is given time, and that it takes time is told. The caller closes what it gets.
 */
public final class KafkaConnection {

    /** How long a broker may take to answer, in milliseconds, however often it is asked meanwhile. */
    private static final int ANSWER_MILLIS = 20_000;
    /** After that a connection is made anew, or a request sent again. */
    private static final int ATTEMPT_MILLIS = 5_000;
    /** After that it is told that an answer is waited for. */
    private static final int SILENT_MILLIS = 2_000;

    private static final int REQUEST_MAX_BYTES = 24 << 20;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String bootstrapServers;
    private final Map<String, String> clientProperties;
    private final Consumer<String> progress;

    private KafkaConnection(String bootstrapServers, Map<String, String> clientProperties, Consumer<String> progress) {
        this.bootstrapServers = bootstrapServers;
        this.clientProperties = Map.copyOf(clientProperties);
        this.progress = progress;
    }

    /** As {@link #to(String, Consumer)}, without a word while it waits. */
    public static KafkaConnection to(String bootstrapServers) {
        return to(bootstrapServers, word -> {});
    }

    /** As {@link #to(String, Map, Consumer)}, to a Kafka that asks nobody who they are. */
    public static KafkaConnection to(String bootstrapServers, Consumer<String> progress) {
        return to(bootstrapServers, Map.of(), progress);
    }

    /**
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @param clientProperties of every client, such as {@code security.protocol}
     * @param progress told, from any thread, that Kafka has been waited for for some seconds
     * @throws TopicException when none of them accepts a connection
     */
    public static KafkaConnection to(
            String bootstrapServers, Map<String, String> clientProperties, Consumer<String> progress) {
        KafkaConnection connection = new KafkaConnection(bootstrapServers, clientProperties, progress);
        if (connection.patiently(connection::isAccepted)) {
            return connection;
        }
        throw new TopicException("Kafka is not reachable at " + bootstrapServers
                + "; start the platform with ./millrace up, or name another broker with --kafka HOST:PORT");
    }

    private boolean isAccepted() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        boolean busy;
        do {
            busy = false;
            for (String server : bootstrapServers.split(",")) {
                try {
                    if (accepts(server.strip())) {
                        return true;
                    }
                } catch (SocketTimeoutException e) {
                    busy = true;
                }
            }
        } while (busy && System.nanoTime() < deadline);
        return false;
    }

    private static boolean accepts(String server) throws SocketTimeoutException {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(server.substring(colon + 1));
            socket.connect(new InetSocketAddress(server.substring(0, Math.max(colon, 0)), port), ATTEMPT_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
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
        more.put("delivery.timeout.ms", ANSWER_MILLIS);
        return new KafkaProducer<>(settings(more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(clientProperties);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("request.timeout.ms", ATTEMPT_MILLIS);
        return settings;
    }

    /**
     * The partitions of a topic.
     *
     * @throws TopicException when there is no such topic; the message lists those there are
     */
    public List<TopicPartition> partitions(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(null);
        try {
            return partitions(topic, consumer);
        } finally {
            close(consumer);
        }
    }

    /** As {@link #partitions(String)}, asked by a client that is there. */
    List<TopicPartition> partitions(String topic, KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, List<PartitionInfo>> topics = patiently(consumer::listTopics);
        if (!topics.containsKey(topic)) {
            throw new TopicException("there is no topic '" + topic + "'; there are: "
                    + topics.keySet().stream()
                            .filter(name -> !name.startsWith("__"))
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return topics.get(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
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

    /**
     * Waits for what a client asks of Kafka, and tells of it when that takes long.
     *
     * @throws TopicException when Kafka does not answer
     */
    <T> T patiently(Supplier<T> question) {
        CompletableFuture<Void> word = CompletableFuture.runAsync(
                () -> progress.accept("waiting for Kafka at " + bootstrapServers + " to answer …"),
                CompletableFuture.delayedExecutor(SILENT_MILLIS, TimeUnit.MILLISECONDS));
        try {
            return question.get();
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw silent(e);
        } finally {
            word.cancel(false);
        }
    }

    /** Waits for an answer of an {@link Admin}, bounded in time. */
    <T> T answer(KafkaFuture<T> future) {
        return patiently(() -> {
            try {
                return future.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TopicException("interrupted while waiting for Kafka", e);
            } catch (TimeoutException e) {
                throw silent(e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException late) {
                    throw late;
                }
                throw new TopicException(
                        "Kafka at " + bootstrapServers + ": " + e.getCause().getMessage(), e.getCause());
            }
        });
    }

    private TopicException silent(Exception e) {
        return new TopicException(
                "Kafka at " + bootstrapServers + " has not answered for " + ANSWER_MILLIS / 1000
                        + " s; is its process alive, and the machine busy with something else?",
                e);
    }

    /** Without a limit it may wait for half a minute for a broker that stands still. */
    static void close(KafkaConsumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }

    static Duration closeLimit() {
        return CLOSE_LIMIT;
    }
}
