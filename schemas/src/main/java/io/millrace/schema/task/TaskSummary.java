package io.millrace.schema.task;

/**
 * What those who follow {@code task-updates} need of a view: what a person sees of a task in a list.
 *
 * @param version count of the log events the task accepted; the highest is the latest
 * @param priority null when it has none
 * @param dueAt milliseconds since the epoch; null without a due date
 * @param timeZone IANA zone of its local times; null when it has none
 */
public record TaskSummary(
        String tenant,
        String userId,
        String taskId,
        long version,
        TaskStatus status,
        String title,
        Priority priority,
        Long dueAt,
        String timeZone) {}
