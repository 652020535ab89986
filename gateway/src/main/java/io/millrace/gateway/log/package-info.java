/** Kafka: the model's reader of topics, the writer of events, and the way back for dead letters. */
package io.millrace.gateway.log;
