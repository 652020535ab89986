package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import java.time.Duration;

/**
 * How a sink writes.
 *
 * @param transactionalIdPrefix unique per sink and environment, the same across restarts
 * @param transactionTimeout longer than the checkpoint interval and the longest outage together
 * @param linger how long a record waits for others; zero to send at once
 * @param maxRecordBytes the largest record, with its headers
 */
public record SinkSettings(
        Delivery delivery,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        Duration linger,
        int maxRecordBytes) {}
