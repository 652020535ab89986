package io.millrace.schema.digest;

import io.millrace.schema.task.Priority;
import java.util.List;
import java.util.UUID;

/**
 * A person's tasks at one time: {@code digest.made} less what is known only when it is sent. Times are milliseconds
 * since the epoch.
 *
 * @param eventId deterministic: a digest sent again has the same id
 * @param scheduledAt the time that it is for
 * @param timeZone of the person, by which that time was found
 * @param open tasks that are open
 * @param overdue those of them that were due
 * @param dueSoon those of them that will be before the next digest
 * @param completed tasks completed since the digest before
 * @param complete false when the person has more open tasks than are followed, so that there are more than it says
 * @param tasks the open ones, those due first at the front, at most {@value #MAX_TASKS}
 */
public record Digest(
        UUID eventId,
        String tenant,
        String userId,
        long scheduledAt,
        String timeZone,
        int open,
        int overdue,
        int dueSoon,
        int completed,
        boolean complete,
        List<Task> tasks) {

    public static final int MAX_TASKS = 20;

    /**
     * One of the tasks.
     *
     * @param priority null when it has none
     * @param dueAt null without a due date
     */
    public record Task(String taskId, String title, Priority priority, Long dueAt) {}
}
