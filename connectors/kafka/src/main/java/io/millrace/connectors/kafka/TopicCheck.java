package io.millrace.connectors.kafka;

import io.millrace.schema.wire.RecordSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks at the start of a job that its topics are there, stamped by the broker, hold nothing larger than they say, and
 * take what the job writes.
 */
public final class TopicCheck {
    private static final long TIMEOUT_SECONDS = 30;
    private static final String LOG_APPEND_TIME = "LogAppendTime";
    private static final String UNCOMPRESSED = "uncompressed";

    private TopicCheck() {}

    /**
     * What a job does with a topic.
     *
     * @param isRead whether it reads it
     * @param largestRecord that it writes there, in bytes; 0 when it only reads
     */
    public record Use(String topic, boolean isRead, int largestRecord) {

        public static Use read(String topic) {
            return new Use(topic, true, 0);
        }

        public static Use write(String topic, int largestRecord) {
            return new Use(topic, false, largestRecord);
        }

        private Use and(Use other) {
            return new Use(topic, isRead || other.isRead, Math.max(largestRecord, other.largestRecord));
        }
    }

    /**
     * Requires that every topic exists, has {@code message.timestamp.type=LogAppendTime}, as decisions are functions of
     * the log and only the broker's clock goes with its order, and takes the largest record that the job may write to
     * it: one that it refused would be written again and again.
     *
     * <p>A topic that is read must have {@code compression.type=uncompressed}: the broker looks at a compressed batch
     * in its compressed size alone, and the client makes room for all that a record says it unpacks to before it looks
     * at anything of it. Its {@code max.message.bytes} must not be more than Kafka's default, for the same reason.
     *
     * @param uses of topics; one topic may have several
     * @throws IllegalStateException saying what to do
     */
    public static void require(Properties adminProperties, List<Use> uses) {
        Map<String, Use> useOf = uses.stream().collect(Collectors.toMap(Use::topic, use -> use, Use::and));
        List<ConfigResource> resources = useOf.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, String> problems = new TreeMap<>();
        Admin admin = Admin.create(adminProperties);
        try {
            Map<ConfigResource, KafkaFuture<Config>> answers =
                    admin.describeConfigs(resources).values();
            for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
                String topic = answer.getKey().name();
                String problem = problem(answer.getValue(), useOf.get(topic));
                if (problem != null) {
                    problems.put(topic, problem);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at the topics", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka at " + adminProperties.get("bootstrap.servers") + " can't be asked about its topics", e);
        } finally {
            // Without a limit it may wait for ever for the answer of a broker that stands still.
            admin.close(Duration.ZERO);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("These topics can't be used: " + problems);
        }
    }

    private static String problem(KafkaFuture<Config> answer, Use use)
            throws InterruptedException, TimeoutException, ExecutionException {
        Config settings;
        try {
            settings = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return "does not exist";
            }
            throw e;
        }
        ConfigEntry type = settings.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (!LOG_APPEND_TIME.equals(type.value())) {
            return "has message.timestamp.type=" + type.value() + ", must be " + LOG_APPEND_TIME
                    + change(use.topic(), type.name(), LOG_APPEND_TIME);
        }
        ConfigEntry compression = settings.get(TopicConfig.COMPRESSION_TYPE_CONFIG);
        if (use.isRead() && !UNCOMPRESSED.equals(compression.value())) {
            return "has compression.type=" + compression.value() + ", must be " + UNCOMPRESSED
                    + ", or the broker lets in records of some kilobytes that unpack to more than the job has memory for; "
                    + "producers may compress all the same" + change(use.topic(), compression.name(), UNCOMPRESSED);
        }
        ConfigEntry limit = settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (use.isRead() && Integer.parseInt(limit.value()) > RecordSize.MOST_READ_BYTES) {
            return "has max.message.bytes=" + limit.value() + ", must be at most " + RecordSize.MOST_READ_BYTES
                    + ", or the broker lets in records with so many headers that the job has no memory for them; "
                    + "no event is as large"
                    + change(use.topic(), limit.name(), Integer.toString(RecordSize.MOST_READ_BYTES));
        }
        if (Integer.parseInt(limit.value()) < use.largestRecord()) {
            return "has max.message.bytes=" + limit.value() + ", must be at least " + use.largestRecord()
                    + change(use.topic(), limit.name(), Integer.toString(use.largestRecord()))
                    + ", or, if it is a topic of dead letters, lower max-record-size: larger ones are cut then";
        }
        return null;
    }

    private static String change(String topic, String setting, String value) {
        return ": kafka-configs.sh --bootstrap-server … --alter --entity-type topics --entity-name " + topic
                + " --add-config " + setting + "=" + value;
    }
}
