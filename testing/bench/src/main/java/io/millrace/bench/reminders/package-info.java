/**
 * Reminders side by side: the tasks job, db-scheduler on PostgreSQL, and a poll of a table once a minute. Each is armed
 * with the same reminders and writes the same records to Kafka, where their lateness is read. How the JSON of tasks and
 * reminders looks is not decided here.
 */
package io.millrace.bench.reminders;
