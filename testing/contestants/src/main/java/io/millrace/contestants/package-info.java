/**
 * Programs without Flink that do the work of the tasks job, for benchmarks to run beside it: with Kafka Streams, and
 * with a plain consumer loop. They read, decide and write by the same pure code; what differs is who remembers. And how
 * a benchmark talks to a program under measurement.
 */
package io.millrace.contestants;
