/**
 * Where bytes enter from and leave to Kafka: a source that never fails on what a record holds and says how far behind
 * the log it is, sinks for finished records, and the check of what the topics must be like. Knows no event.
 */
package io.millrace.connectors.kafka;
