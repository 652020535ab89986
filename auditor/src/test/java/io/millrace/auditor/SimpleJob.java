package io.millrace.auditor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Writes a random history of one user's tasks together with what a job that keeps its promises answers. */
final class SimpleJob {
    private static final long MINUTE = 60_000;

    private final History history = new History();
    private final Random random;
    private final Map<String, Task> tasks = new HashMap<>();
    private final List<ObjectNode> published = new ArrayList<>();
    private long now;

    private static final class Task {
        private long version;
        private String status = "open";
        private long due;
        private UUID arming;
        private List<Integer> minutes;
        private final TreeMap<Long, Pending> pending = new TreeMap<>();
    }

    private record Pending(UUID arming, int minutes, boolean snoozed) {}

    private SimpleJob(long seed) {
        random = new Random(seed);
    }

    static History history(long seed, int steps) {
        SimpleJob job = new SimpleJob(seed);
        for (int i = 0; i < steps; i++) {
            job.step();
        }
        job.release(Long.MAX_VALUE);
        return job.history;
    }

    private void step() {
        // Odd seconds, so that no event falls on a moment.
        now += 1_000L * (1 + 2 * random.nextInt(600)) + 61_000;
        now = now / MINUTE * MINUTE + 31_000;
        release(now);
        String id = "t-" + random.nextInt(15);
        Task task = tasks.get(id);
        int dice = random.nextInt(10);
        if (task == null) {
            create(id);
        } else if (dice == 0) {
            history.bytes(now, "nonsense".getBytes(StandardCharsets.UTF_8));
            history.deadLetter(now + 3, history.events.size() - 1, "not_json");
        } else if (dice == 1) {
            history.append(now, published.get(random.nextInt(published.size())).deepCopy());
        } else if (dice == 2 && task.status.equals("deleted")) {
            history.append(now, history.event("task.updated", id).put("title", "Late"));
            history.deadLetter(now + 3, history.events.size() - 1, "task_deleted");
        } else {
            change(id, task, dice);
        }
    }

    private void create(String id) {
        Task task = new Task();
        task.due = moment();
        task.minutes = random.nextBoolean() ? List.of(60, 0) : List.of(30);
        ObjectNode event = history.event("task.created", id).put("title", "Pay").put("due_at", History.time(task.due));
        task.minutes.forEach(event.withArray("remind_before_minutes")::add);
        tasks.put(id, task);
        arm(task, publish(event, id, task));
    }

    private long moment() {
        return now / MINUTE * MINUTE + MINUTE * (1 + random.nextInt(300));
    }

    private void change(String id, Task task, int dice) {
        if (task.status.equals("completed")) {
            task.status = "open";
            publish(history.event("task.reopened", id), id, task);
            arm(task, task.arming);
            // Those are due again.
            task.pending
                    .values()
                    .forEach(armed -> history.cancelled.removeIf(each -> each.json()
                            .get("event_id")
                            .asText()
                            .equals(Uuid5.of(armed.arming, Integer.toString(armed.minutes))
                                    .toString())));
        } else if (task.status.equals("open") && dice < 5) {
            long before = task.due;
            task.due = moment();
            UUID moved = publish(history.event("task.updated", id).put("due_at", History.time(task.due)), id, task);
            if (task.due != before) {
                task.pending.clear();
                arm(task, moved);
            }
        } else if (task.status.equals("open") && dice < 7) {
            UUID snooze = publish(history.event("reminder.snoozed", id).put("snooze_minutes", 90), id, task);
            long until = now + 90 * MINUTE;
            task.pending.headMap(until).clear();
            task.pending.values().removeIf(Pending::snoozed);
            task.pending.put(until, new Pending(snooze, 0, true));
        } else if (task.status.equals("open")) {
            task.status = dice < 9 ? "completed" : "deleted";
            task.pending.forEach((at, pending) -> history.cancel(send(id, task, at, pending)));
            task.pending.clear();
            publish(history.event(dice < 9 ? "task.completed" : "task.deleted", id), id, task);
        }
    }

    private UUID publish(ObjectNode event, String id, Task task) {
        UUID eventId = history.append(now, event);
        published.add(event);
        history.update(now + 4, eventId, id, ++task.version, task.status, task.due);
        return eventId;
    }

    private void arm(Task task, UUID arming) {
        task.arming = arming;
        for (int minutes : task.minutes) {
            long at = task.due - minutes * MINUTE;
            if (at > now) {
                task.pending.put(at, new Pending(arming, minutes, false));
            }
        }
    }

    private void release(long until) {
        tasks.forEach((id, task) -> {
            Map<Long, Pending> ripe = task.pending.headMap(until);
            ripe.forEach((at, pending) -> send(id, task, at, pending));
            ripe.clear();
        });
    }

    private History.Entry send(String id, Task task, long at, Pending pending) {
        long logTime = at + random.nextInt(40);
        return pending.snoozed
                ? history.snoozed(logTime, pending.arming, id, at, task.due)
                : history.reminder(logTime, pending.arming, id, pending.minutes, task.due);
    }
}
