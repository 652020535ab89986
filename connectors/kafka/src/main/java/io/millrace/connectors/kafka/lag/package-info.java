/**
 * Looks where consumer groups stand, by what any client may ask a broker: nothing here reads Kafka's own topics, and
 * nothing decides.
 */
package io.millrace.connectors.kafka.lag;
