package io.millrace.bench.reminders;

/** Who is measured. */
public enum ContestantName {
    /** The tasks job. */
    TASKS,
    /** db-scheduler on PostgreSQL. */
    DB_SCHEDULER,
    /** A poll of a table in PostgreSQL. */
    CRON
}
