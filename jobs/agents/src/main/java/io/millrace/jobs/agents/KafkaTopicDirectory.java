package io.millrace.jobs.agents;

import io.millrace.connectors.kafka.TopicNames;
import io.millrace.operators.agent.TopicDirectory;
import java.util.Properties;

/** The topics of the job's Kafka. */
final class KafkaTopicDirectory implements TopicDirectory {
    private static final long serialVersionUID = 1L;

    private final Properties adminProperties;
    private transient TopicNames names;

    KafkaTopicDirectory(Properties adminProperties) {
        this.adminProperties = adminProperties;
    }

    @Override
    public void open() {
        names = new TopicNames(adminProperties);
    }

    @Override
    public boolean has(String topic) {
        return names.has(topic);
    }

    @Override
    public boolean takes(String topic, long bytes) {
        return names.takes(topic, bytes);
    }

    @Override
    public void close() {
        if (names != null) {
            names.close();
        }
    }
}
