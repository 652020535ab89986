package io.millrace.connectors.kafka;

import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes the sources and sinks of a job on one Kafka cluster. */
public final class KafkaConnection {
    private static final long PRODUCER_BUFFER_BYTES = 8L << 20;
    /** Timers wait for partitions that were added, until they are found. */
    private static final String DISCOVER_PARTITIONS_EVERY_MILLIS = "5000";

    private static final int PRODUCER_BATCH_BYTES = 64 << 10;

    /**
     * What clients measure is for Flink's metrics. By JMX, the default, clients of several jobs in one process are in each
     * other's way: each job counts its clients from one.
     */
    private static final Map<String, String> NOT_REPORTED = Map.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "",
            CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");

    /** What a broker holds records back for, where nobody is in a hurry. */
    private static final Map<String, String> UNHURRIED = Map.of(
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
            Integer.toString(1 << 20),
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            "500");

    private final String bootstrapServers;
    private final Properties clientProperties;
    private final Map<String, String> fetching;
    private final Pace pace;

    /**
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @param clientProperties for every client, such as {@code security.protocol}
     */
    public KafkaConnection(String bootstrapServers, Properties clientProperties) {
        this(bootstrapServers, clientProperties, Map.of(), Pace.HURRIED);
    }

    private KafkaConnection(
            String bootstrapServers, Properties clientProperties, Map<String, String> fetching, Pace pace) {
        this.bootstrapServers = bootstrapServers;
        this.clientProperties = new Properties();
        this.clientProperties.putAll(NOT_REPORTED);
        this.clientProperties.putAll(clientProperties);
        this.fetching = fetching;
        this.pace = pace;
    }

    /**
     * The same whose sources take records twice a second unless there are many, and ask where the log ends once: each
     * costs the broker the same, whatever it brings.
     */
    public KafkaConnection unhurried() {
        return new KafkaConnection(bootstrapServers, clientProperties, UNHURRIED, Pace.UNHURRIED);
    }

    /** Of sources; what clients were told counts. */
    private Properties sourceProperties() {
        Properties properties = new Properties();
        properties.putAll(fetching);
        properties.putAll(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put("partition.discovery.interval.ms", DISCOVER_PARTITIONS_EVERY_MILLIS);
        return properties;
    }

    /** What an admin client needs to connect. */
    public Properties adminProperties() {
        Properties properties = new Properties();
        properties.putAll(clientProperties);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /**
     * Reads a topic from the group's committed offsets, or from the beginning where there are none. Its watermarks say
     * up to which log time all of it was read, allowing for {@link LogTime#ALLOWANCE_MILLIS} while it keeps up: at the
     * end of the log they are that far ahead of the last look there. It is idle when it learns nothing for long.
     *
     * @param maxHold for how long the broker may not say where the log ends, or not give the records it said there are,
     *     before the source is idle
     */
    public Source<SourceRecord, ?, ?> source(String topic, String groupId, Duration maxHold) {
        OffsetsInitializer committed = OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
        return source(topic, groupId, committed, maxHold);
    }

    /**
     * The same, but for where it begins without state: at the beginning of the topic, whatever the group has committed.
     * For a compacted topic, of which a job has to know all or nothing.
     */
    public Source<SourceRecord, ?, ?> sourceOfAll(String topic, String groupId, Duration maxHold) {
        return source(topic, groupId, OffsetsInitializer.earliest(), maxHold);
    }

    private Source<SourceRecord, ?, ?> source(
            String topic, String groupId, OffsetsInitializer start, Duration maxHold) {
        SourceRecordDeserializer deserializer = new SourceRecordDeserializer();
        KafkaSource<SourceRecord> kafka = KafkaSource.<SourceRecord>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic)
                .setGroupId(groupId)
                .setProperties(sourceProperties())
                .setStartingOffsets(start)
                .setDeserializer(deserializer)
                .build();
        Properties consumerProperties = adminProperties();
        consumerProperties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        return new CatchUpKafkaSource(kafka, deserializer, topic, consumerProperties, pace, maxHold);
    }

    /**
     * Reads all topics whose names match, those that are made later from their beginning. Its watermarks say nothing.
     *
     * @param start where it begins without state, in the partitions that are there then
     */
    public Source<SourceRecord, ?, ?> sourceOfPattern(Pattern topics, String groupId, OffsetsInitializer start) {
        return KafkaSource.<SourceRecord>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopicPattern(topics)
                .setGroupId(groupId)
                .setProperties(sourceProperties())
                .setStartingOffsets(start)
                .setDeserializer(new SourceRecordDeserializer())
                .build();
    }

    /** How a sink delivers. */
    public enum Delivery {
        /** Visible within milliseconds; records may come again after a crash, with the same ids. */
        AT_LEAST_ONCE("at-least-once"),
        /** In Kafka transactions, visible at each checkpoint. */
        EXACTLY_ONCE("exactly-once");

        private final String settingValue;

        Delivery(String settingValue) {
            this.settingValue = settingValue;
        }

        /** As it stands in settings: Flink's options know an enum's values by this. */
        @Override
        public String toString() {
            return settingValue;
        }
    }

    /** Writes to a topic. */
    public Sink<OutboundRecord> sink(String topic, SinkSettings settings) {
        return sink(new OutboundRecordSerializer(topic), settings);
    }

    /** Writes dead letters to a topic; of one that is larger than the settings allow the beginning is kept. */
    public Sink<OutboundRecord> deadLetterSink(String topic, SinkSettings settings) {
        return sink(new DeadLetterSerializer(topic, settings.maxRecordBytes()), settings);
    }

    /** Writes to the topic that each record names. One that does not exist fails the job: see {@link TopicNames}. */
    public Sink<AddressedRecord> addressedSink(SinkSettings settings) {
        return sink(new AddressedRecordSerializer(), settings);
    }

    private <T> Sink<T> sink(KafkaRecordSerializationSchema<T> serializer, SinkSettings settings) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(clientProperties)
                .setProperty(ProducerConfig.ACKS_CONFIG, "all")
                .setProperty(
                        ProducerConfig.LINGER_MS_CONFIG,
                        Long.toString(settings.linger().toMillis()))
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(PRODUCER_BATCH_BYTES))
                .setProperty(
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        Long.toString(Math.max(PRODUCER_BUFFER_BYTES, 2L * settings.maxRecordBytes())))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(settings.maxRecordBytes()))
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Long.toString(settings.transactionTimeout().toMillis()))
                .setDeliveryGuarantee(
                        settings.delivery() == Delivery.EXACTLY_ONCE
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(settings.transactionalIdPrefix())
                .setRecordSerializer(serializer)
                .build();
    }
}
