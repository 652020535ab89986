package io.millrace.connectors.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader how many partitions of the topic were given to readers so far; those of its own came before. When
 * there are more, somebody is still to be given them.
 */
record GivenPartitions(int count) implements SourceEvent {
    private static final long serialVersionUID = 1L;
}
