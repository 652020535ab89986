/** Runs of workflows, measured. */
package io.millrace.bench.workflows;
