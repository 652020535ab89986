/** The analytics job: counts what happens. docs/analytics.md says what each figure is, and lists its settings. */
package io.millrace.jobs.analytics;
