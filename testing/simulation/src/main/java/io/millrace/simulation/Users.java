package io.millrace.simulation;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;

/**
 * What people do with their tasks, and what happens to it on its way: everything that docs/tasks.md allows, and some
 * that it does not. They know what is on the job's topics, and nothing of its state.
 */
final class Users {
    private static final int MAX_PAST = 64;

    private final Dice dice;
    private final WorldPlan plan;
    private final FieldText fields;
    private final List<TreeSet<String>> occurrences = new ArrayList<>();
    private final List<Sent> past = new ArrayList<>();
    private final Queue<Sent> heldBack = new ArrayDeque<>();

    /** An event on its way to the log. */
    record Sent(String user, byte[] value) {}

    Users(Dice dice, WorldPlan plan) {
        this.dice = dice;
        this.plan = plan;
        this.fields = new FieldText(dice);
        for (int i = 0; i < plan.users(); i++) {
            occurrences.add(new TreeSet<>());
        }
    }

    /** They see a task on {@code task-updates}. */
    void see(String user, String taskId) {
        if (taskId.indexOf('~') >= 0) {
            occurrences.get(Integer.parseInt(user.substring(1))).add(taskId);
        }
    }

    /** The next event; it may be one that was sent before. */
    Sent next(long now) {
        if (!past.isEmpty() && dice.percent(plan.duplicates())) {
            return dice.of(past);
        }
        if (!heldBack.isEmpty() && dice.percent(30)) {
            return sent(heldBack.poll());
        }
        if (dice.percent(plan.badEvents())) {
            return new Sent("u0", dice.percent(50) ? bad().getBytes(StandardCharsets.UTF_8) : null);
        }
        Sent made = make(now);
        if (dice.percent(4)) {
            heldBack.add(made);
            made = make(now);
        }
        return sent(made);
    }

    private Sent sent(Sent event) {
        if (past.size() < MAX_PAST) {
            past.add(event);
        } else {
            past.set(dice.below(MAX_PAST), event);
        }
        return event;
    }

    private String bad() {
        return dice.of(
                "hello",
                "{\"schema_version\":1}",
                "{\"schema_version\":2,\"event_id\":\"" + dice.uuid() + "\"}",
                new String(event("task.created", 0, "t0", 0).bytes(), StandardCharsets.UTF_8));
    }

    private Sent make(long now) {
        int user = dice.below(plan.users());
        String root = "t" + dice.below(plan.tasksPerUser());
        EventText event;
        switch (dice.weighted(new int[] {22, 22, 20, 10, plan.busy() ? 0 : 6, 14})) {
            case 0 ->
                event = fields.create(event("task.created", user, root, now), now, dice.percent(plan.recurring()));
            case 1 ->
                event = fields.update(event("task.updated", user, one(user, root), now), now, plan.recurring() > 0);
            case 2 -> event = event("task.completed", user, one(user, root), now);
            case 3 -> event = event("task.reopened", user, one(user, root), now);
            case 4 -> event = event("task.deleted", user, one(user, root), now);
            default -> event = fields.snooze(event("reminder.snoozed", user, one(user, root), now), now);
        }
        return new Sent("u" + user, event.bytes());
    }

    /** The root, or an occurrence of whichever series. */
    private String one(int user, String root) {
        TreeSet<String> seen = occurrences.get(user);
        if (seen.isEmpty() || dice.percent(40)) {
            return dice.percent(2) ? root + "~" + fields.recurrenceId(plan.start()) : root;
        }
        // Mostly one of the latest.
        String last = seen.last();
        String chosen = last;
        for (int back = dice.percent(60) ? dice.below(3) : dice.below(seen.size());
                back > 0 && chosen != null;
                back--) {
            chosen = seen.lower(chosen);
        }
        return chosen == null ? last : chosen;
    }

    private EventText event(String type, int user, String task, long now) {
        long occurred = now - (dice.percent(70) ? dice.below(300) : dice.below(900_000));
        EventText event = new EventText()
                .text("event_id", dice.uuid().toString())
                .text("event_type", type)
                .text("occurred_at", IsoDateTimes.formatUtc(Math.max(0, occurred)))
                .text("user_id", "u" + user)
                .text("task_id", task);
        return dice.percent(10) ? event.text("correlation_id", "c" + dice.below(9)) : event;
    }
}
