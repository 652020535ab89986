package io.millrace.connectors.kafka.lag;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What matters of a topic's settings.
 *
 * @param retentionMs null when records are kept for ever
 * @param uncompressed whether the broker keeps nothing compressed, so that it knows how large a record is
 * @param largestBatch that it takes, in bytes
 */
record TopicSettings(Long retentionMs, boolean uncompressed, int largestBatch) {
    private static final int MOST_READ_BYTES = 32 << 20;

    /** Of those topics whose settings are told. @param answer gives null for one that is not */
    static Map<String, TopicSettings> of(
            Admin admin, Set<String> topics, int withinMillis, Function<KafkaFuture<Config>, Config> answer) {
        Map<String, TopicSettings> settings = new HashMap<>();
        if (!topics.isEmpty()) {
            admin.describeConfigs(
                            topics.stream()
                                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                                    .toList(),
                            new DescribeConfigsOptions().timeoutMs(withinMillis))
                    .values()
                    .forEach((resource, future) -> {
                        Config config = answer.apply(future);
                        if (config != null) {
                            settings.put(resource.name(), of(config));
                        }
                    });
        }
        return settings;
    }

    private static TopicSettings of(Config config) {
        long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG, "-1"));
        boolean deletes =
                value(config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete").contains("delete");
        return new TopicSettings(
                deletes && retention >= 0 ? retention : null,
                value(config, TopicConfig.COMPRESSION_TYPE_CONFIG, "producer").equals("uncompressed"),
                Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0")));
    }

    private static String value(Config config, String name, String otherwise) {
        return config.get(name) == null || config.get(name).value() == null
                ? otherwise
                : config.get(name).value();
    }

    /** Whether a record of it may be read: a client makes room for what a compressed one says it unpacks to. */
    boolean isReadable(boolean evenCompressed) {
        return (uncompressed || evenCompressed) && largestBatch <= MOST_READ_BYTES;
    }
}
