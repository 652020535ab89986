/**
 * A client of Flink's REST API, which the command line uses as well, and a Flink cluster of real processes: what crash
 * and upgrade tests drive. Nothing here is compiled against Flink; it is whatever the given class path holds.
 */
package io.millrace.testing.flink;
