/** Flink's REST API, as far as running jobs needs it. */
package io.millrace.operations.flink;
