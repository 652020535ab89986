/** The slo job: how late consumer groups are. docs/slo.md says what for, and lists its settings. */
package io.millrace.jobs.slo;
