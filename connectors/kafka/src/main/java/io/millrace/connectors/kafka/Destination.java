package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** A topic and how its sink delivers. */
public record Destination(String topic, Delivery delivery) {

    public static Destination of(Configuration values, ConfigOption<String> topic, ConfigOption<Delivery> delivery) {
        return new Destination(
                values.get(topic), values.getOptional(delivery).orElse(values.get(KafkaOptions.DELIVERY)));
    }
}
