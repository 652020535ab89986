/**
 * A Flink cluster of real processes, and a client of its REST API: what crash and upgrade tests drive. Nothing here is
 * compiled against Flink; it is whatever the given class path holds.
 */
package io.millrace.testing.flink;
