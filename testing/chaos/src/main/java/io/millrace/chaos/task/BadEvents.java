package io.millrace.chaos.task;

import io.millrace.chaos.workload.Event;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/** Records as broken producers write them. */
final class BadEvents {
    private static final int KINDS = 8;

    private BadEvents() {}

    static Event any(Random random, String user, UUID id) {
        Event event = TaskEvents.of("task.created", id, user, "t-bad-" + random.nextInt(1_000_000));
        return switch (random.nextInt(KINDS)) {
            case 0 -> Event.raw(user, null);
            case 1 -> Event.raw(user, "out of office".getBytes(StandardCharsets.UTF_8));
            case 2 -> Event.raw(user, new byte[] {'{', (byte) 0xff, '}'});
            case 3 -> event;
            case 4 -> event.with("title", "x").with("due_at", "next Tuesday");
            case 5 -> event.with("title", "x").with("priority", "soon");
            case 6 -> event.with("title", "x").with("schema_version", "99");
            default -> event.with("title", "x").with("event_type", "task.exploded");
        };
    }
}
