package io.millrace.jobs.tasks;

/**
 * The uids of the operators: by these a savepoint's state finds its operator. To change one is to lose its state; the
 * golden file {@code tasks-job.golden} fails then.
 */
final class TasksUids {
    static final String SOURCE = "task-events";
    static final String READ = "read-task-events";
    static final String TASKS = "tasks";
    static final String UPDATES = "task-updates";
    static final String REMINDERS = "reminders";
    static final String ANNOUNCEMENTS = "announced-occurrences";
    static final String DEAD_LETTERS = "task-events-dlq";

    private TasksUids() {}
}
