/** Flink functions that remember how far the audit's chains are. */
package io.millrace.operators.audit;
