package io.millrace.schema.digest;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A person's tasks at one time.
 *
 * @param sentAt null until it is {@link #sent}, as {@code lateByMs}
 */
@Event(
        type = "digest.made",
        description =
                "A person's tasks at a time of the day. Published by the digest job. A digest sent again after a crash has"
                        + " the same `event_id`.",
        id = "uuid5 of the person and the time; the same whenever the digest is sent again.")
public record Digest(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(description = "The time of the schedule that it is for; equal to `occurred_at`.") Instant scheduledAt,
        @Field(description = "When the job released it, by the wall clock; never before `scheduled_at`.")
                Instant sentAt,
        @Field(title = "Lateness", description = "Milliseconds from `scheduled_at` to `sent_at`.", example = "12")
                Long lateByMs,
        @Field(
                        title = "Time zone",
                        description =
                                "The person's, by which the time was found: that of the task that changed last and has"
                                        + " one, else the job's default.",
                        max = 64,
                        example = "\"Europe/Paris\"")
                String timeZone,
        @Field(title = "Open tasks", description = "How many tasks are open.", example = "3") int open,
        @Field(title = "Overdue tasks", description = "How many of them were due by `scheduled_at`.", example = "1")
                int overdue,
        @Field(
                        title = "Tasks due soon",
                        description = "How many of them are due after that, and not after the next digest.",
                        example = "1")
                int dueSoon,
        @Field(
                        title = "Completed tasks",
                        description = "How many were completed since the digest before.",
                        example = "4")
                int completed,
        @Field(
                        title = "Complete",
                        description =
                                "False when the person has more tasks than are followed, so that the numbers are too low.",
                        example = "true")
                boolean complete,
        @Field(
                        title = "Tasks",
                        description = "The open tasks, those due first at the front, then by priority.",
                        max = Digest.MAX_TASKS,
                        example = "[{\"task_id\": \"t-42\", \"title\": \"Pay the rent\"}]")
                List<Task> tasks) {

    public static final int MAX_TASKS = 20;

    private static final EventType<Digest> TYPE = EventType.of(Digest.class);

    /**
     * One of the tasks.
     *
     * @param priority null when it has none, as {@code dueAt}
     */
    public record Task(
            @Field(value = Value.TASK_ID) String taskId,
            @Field(value = Value.TITLE) String title,
            @Field(value = Value.PRIORITY, optional = true) Priority priority,
            @Field(description = "When it is due; absent without a due date.", optional = true) Instant dueAt) {}

    /** The same as it is sent at a time by the wall clock. */
    public Digest sent(Instant at) {
        long late = Math.max(0, Duration.between(scheduledAt, at).toMillis());
        return new Digest(
                envelope, userId, scheduledAt, at, late, timeZone, open, overdue, dueSoon, completed, complete, tasks);
    }

    /** As JSON; only what was {@link #sent} is a whole event. */
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
