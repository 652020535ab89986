/** The transport {@code topic}: agents that take requests from a topic of Kafka and answer on another. */
package io.millrace.connectors.agents.topic;
