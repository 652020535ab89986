/**
 * The tasks job in a simulation: the real decisions and codecs, a log, crashes and clocks that a seed decides, and the
 * laws that hold whatever happens. No threads, no Kafka, no Flink, so that millions of steps a minute are taken and
 * each failure is found again by its seed.
 */
package io.millrace.simulation;
