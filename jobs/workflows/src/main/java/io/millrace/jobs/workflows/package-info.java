/** The workflows job: durable runs. docs/workflows.md says what for, and lists its settings. */
package io.millrace.jobs.workflows;
