/**
 * Crash runs: a cluster of real processes under load, to which faults are done by a seed, and whose topics an auditor
 * judges. What right and wrong are is the auditor's business, in {@code io.millrace.testing.audit}.
 */
package io.millrace.chaos;
