/** A Kafka of one node in this JVM, and the making of topics on any. */
package io.millrace.operations.kafka;
