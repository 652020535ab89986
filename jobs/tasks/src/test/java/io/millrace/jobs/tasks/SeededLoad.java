package io.millrace.jobs.tasks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Events as the services of a company publish them, bad ones and repeated ones among them. The seed decides everything
 * but the dates, which lie ahead of the clock: seconds, so that a test sees the reminder, or days.
 */
final class SeededLoad {
    private static final int USERS = 40;
    private static final int REPEATED_PERCENT = 5;
    private static final int BAD_PERCENT = 3;
    private static final int ORPHAN_PERCENT = 1;

    private final Random random;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Message> published = new ArrayList<>();
    private final int maxSecondsAhead;

    private record Task(String user, String id, boolean recurs) {}

    /** A record to publish. */
    @SuppressWarnings("ArrayRecordComponent")
    record Message(String key, byte[] value) {}

    /** @param maxSecondsAhead no reminder is due later than this after its event, or within the next day */
    SeededLoad(long seed, int maxSecondsAhead) {
        random = new Random(seed);
        this.maxSecondsAhead = maxSecondsAhead;
    }

    Message next() {
        int chance = random.nextInt(100);
        Message message;
        if (chance < REPEATED_PERCENT && !published.isEmpty()) {
            return published.get(random.nextInt(published.size()));
        } else if (chance < REPEATED_PERCENT + BAD_PERCENT) {
            message = bad();
        } else if (chance < REPEATED_PERCENT + BAD_PERCENT + ORPHAN_PERCENT) {
            message = message(event("task.updated", user(), "t-never-made").with("priority", "P2"));
        } else if (tasks.isEmpty() || random.nextInt(3) == 0) {
            message = message(creation());
        } else {
            message = message(change(tasks.get(random.nextInt(tasks.size()))));
        }
        published.add(message);
        return message;
    }

    private EventJson event(String type, String user, String task) {
        UUID id = new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
        return EventJson.event(type, user, task).with("event_id", id.toString());
    }

    private String user() {
        return "u-" + random.nextInt(USERS);
    }

    private EventJson creation() {
        Task task = new Task(user(), "t-" + tasks.size(), random.nextInt(10) == 0);
        tasks.add(task);
        EventJson created = event("task.created", task.user, task.id).with("title", "Task é " + task.id);
        if (random.nextInt(4) > 0) {
            created.due(soonOrFar());
        }
        if (task.recurs) {
            created.due(soonOrFar())
                    .with("time_zone", "Europe/Paris")
                    .with("recurrence", Map.of("rule", "FREQ=WEEKLY"));
        }
        if (random.nextInt(3) == 0) {
            created.with("correlation_id", "c-" + random.nextInt(1000));
        }
        return created;
    }

    private EventJson change(Task task) {
        return switch (random.nextInt(6)) {
            case 0 -> event("task.completed", task);
            // Not reopened: a reminder may then go out again for a moment that passed before the event was logged.
            case 1 -> event("reminder.snoozed", task).with("snooze_minutes", 2_000);
            // Of a series it would move the latest occurrence, which a reader of the topics may learn of only later.
            case 2 ->
                task.recurs
                        ? event("task.updated", task).with("description", "Moved")
                        : event("task.updated", task).due(soonOrFar());
            case 3 -> event("reminder.snoozed", task).with("snooze_until", soon().toString());
            case 4 ->
                random.nextInt(4) == 0
                        ? event("task.deleted", task)
                        : event("task.updated", task).with("tags", List.of("moved"));
            default -> event("task.updated", task).with("priority", "P" + (1 + random.nextInt(4)));
        };
    }

    private EventJson event(String type, Task task) {
        return event(type, task.user, task.id);
    }

    private Instant soonOrFar() {
        return random.nextInt(3) > 0
                ? soon()
                : Instant.now().plus(2 + random.nextInt(300), ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
    }

    private Instant soon() {
        return Instant.now()
                .plusMillis(1_000 + random.nextInt(maxSecondsAhead * 1_000 - 1_000))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private Message bad() {
        EventJson event = event("task.created", user(), "t-bad-" + random.nextInt(1_000_000));
        return switch (random.nextInt(5)) {
            case 0 -> new Message(event.user(), null);
            case 1 -> new Message(event.user(), "out of office".getBytes(StandardCharsets.UTF_8));
            case 2 -> message(event);
            case 3 -> message(event.with("title", "x").with("due_at", "next Tuesday"));
            default -> message(event.with("title", "x").with("schema_version", 99));
        };
    }

    private static Message message(EventJson event) {
        return new Message(event.user(), event.bytes());
    }
}
