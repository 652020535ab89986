/** The audit job: every record of every topic, once, in the table {@code audit.events}. docs/audit.md has its settings. */
package io.millrace.jobs.audit;
