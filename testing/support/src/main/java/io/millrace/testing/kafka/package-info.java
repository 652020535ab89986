/**
 * A real Kafka broker inside the JVM, and the topics on it: what tests and the local platform run against. No fake
 * broker and no test double of a client lives here.
 */
package io.millrace.testing.kafka;
