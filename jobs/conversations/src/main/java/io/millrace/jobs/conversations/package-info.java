/** The conversations job: customers are answered. docs/conversations.md says what for, and lists its settings. */
package io.millrace.jobs.conversations;
