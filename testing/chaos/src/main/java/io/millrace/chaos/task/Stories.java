package io.millrace.chaos.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** What happens to one task after another: its creation, and what its owner does with it before and after it is due. */
final class Stories {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter RECURRENCE_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final long MINUTE = 60_000;
    private static final long FAR = Duration.ofDays(40).toMillis();

    private final Random random;
    private final Teller teller;

    /** Takes what happens. */
    @FunctionalInterface
    interface Teller {
        /** @param at milliseconds after the start */
        void happens(int at, Event event);
    }

    Stories(Random random, Teller teller) {
        this.random = random;
        this.teller = teller;
    }

    void tell(String user, String task) {
        int at = random.nextInt(TaskPlan.LENGTH);
        int dice = random.nextInt(100);
        if (dice < 8) {
            doneAgainAndAgain(at, user, task);
        } else if (dice < 14) {
            onSchedule(at, user, task);
        } else if (dice < 16) {
            // Nobody ever creates it.
            teller.happens(at, event("task.completed", user, task));
        } else {
            once(at, user, task);
        }
    }

    private void once(int at, String user, String task) {
        int due = Math.min(TaskPlan.LAST_DUE, at + 500 + random.nextInt(4_500));
        teller.happens(at, created(user, task, due));
        int dice = random.nextInt(100);
        if (dice < 30) {
            teller.happens(between(at, due), event("task.completed", user, task));
        } else if (dice < 45) {
            int done = due + 20 + random.nextInt(1_500);
            teller.happens(done, event("task.completed", user, task));
            if (random.nextInt(3) == 0) {
                teller.happens(done + 300 + random.nextInt(1_000), event("task.reopened", user, task));
            }
        } else if (dice < 52) {
            int done = between(at, due);
            teller.happens(done, event("task.completed", user, task));
            teller.happens(between(done, due), event("task.reopened", user, task));
        } else if (dice < 60) {
            teller.happens(between(at, due), event("task.deleted", user, task));
            teller.happens(due + 500, event("task.completed", user, task));
        } else if (dice < 72) {
            int moved = Math.min(TaskPlan.LAST_DUE, due + 300 + random.nextInt(2_000));
            teller.happens(between(at, due), dated("task.updated", user, task, moved));
            if (random.nextBoolean()) {
                teller.happens(between(due, moved), event("task.completed", user, task));
            }
        } else if (dice < 80) {
            int until = Math.min(TaskPlan.LAST_DUE, due + 300 + random.nextInt(2_000));
            teller.happens(between(at, due), snoozed(user, task, until));
            if (random.nextBoolean()) {
                teller.happens(between(due, until), event("task.completed", user, task));
            }
        } else if (dice < 84) {
            // Before its task: it waits.
            teller.happens(
                    at - random.nextInt(400), event("task.updated", user, task).with("priority", "P1"));
        } else if (dice < 88) {
            teller.happens(between(at, due), created(user, task, due));
        } else if (dice < 92) {
            teller.happens(between(at, due), event("task.updated", user, task).with("title", "Renamed"));
        }
    }

    private int between(int from, int to) {
        return from + 1 + random.nextInt(Math.max(1, to - from - 1));
    }

    /** Daily, the next one made when one is completed: the owner keeps ahead of the calendar. */
    private void doneAgainAndAgain(int at, String user, String task) {
        int due = Math.min(TaskPlan.LAST_DUE, at + 800 + random.nextInt(3_000));
        teller.happens(at, series("task.created", user, task, due, "FREQ=DAILY", "on_completion"));
        int done = between(at, due);
        teller.happens(done, event("task.completed", user, task));
        int days = random.nextInt(3);
        for (int day = 1; day <= days; day++) {
            done += 200 + random.nextInt(800);
            teller.happens(done, ofOccurrence("task.completed", user, task, due, Duration.ofDays(day)));
        }
        if (random.nextInt(8) == 0) {
            teller.happens(done + 500, event("task.deleted", user, task));
        }
    }

    /**
     * Every minute, with a minute's notice: each occurrence is made when the one before it is due, and reminded of at
     * once.
     */
    private void onSchedule(int at, String user, String task) {
        int due = Math.min(TaskPlan.LAST_DUE, at + 1_000 + random.nextInt(3_000));
        Event created = series("task.created", user, task, due, "FREQ=MINUTELY;COUNT=3", "on_schedule");
        created.json().putArray("remind_before_minutes").add(1);
        teller.happens(at, created);
        if (random.nextInt(3) == 0) {
            teller.happens(between(at, due), event("task.deleted", user, task));
        } else {
            teller.happens(due + 800, ofOccurrence("task.completed", user, task, due, Duration.ofMinutes(1)));
        }
    }

    private Event event(String type, String user, String task) {
        return TaskEvents.of(type, Seeds.id(random), user, task);
    }

    private Event created(String user, String task, int due) {
        int dice = random.nextInt(100);
        if (dice < 10) {
            return event("task.created", user, task).with("title", "Some day");
        }
        if (dice < 20) {
            Event hour = dated("task.created", user, task, due + 60 * MINUTE).with("title", "In an hour");
            hour.json().putArray("remind_before_minutes").add(60).add(0);
            return hour;
        }
        long at = dice < 35 ? due + FAR : due;
        return dated("task.created", user, task, at).with("title", "Pay the rent é");
    }

    private Event dated(String type, String user, String task, long due) {
        return TaskEvents.of(
                type,
                Seeds.id(random),
                user,
                task,
                (json, start, now) -> json.put("due_at", start.plusMillis(due).toString()));
    }

    private Event snoozed(String user, String task, int until) {
        return TaskEvents.of(
                "reminder.snoozed",
                Seeds.id(random),
                user,
                task,
                (json, start, now) ->
                        json.put("snooze_until", start.plusMillis(until).toString()));
    }

    private Event series(String type, String user, String task, int due, String rule, String next) {
        Event event = TaskEvents.of(
                type,
                Seeds.id(random),
                user,
                task,
                (json, start, now) -> json.put("due_at", local(start, due).toString()));
        ObjectNode json =
                event.with("title", "Again").with("time_zone", ZONE.getId()).json();
        json.putObject("recurrence").put("rule", rule).put("next", next);
        return event;
    }

    /** Whole seconds, as recurrence ids have them. */
    private static LocalDateTime local(Instant start, int due) {
        return start.plusMillis(due + 999L).atZone(ZONE).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
    }

    private Event ofOccurrence(String type, String user, String task, int due, Duration later) {
        return TaskEvents.of(type, Seeds.id(random), user, task, (json, start, now) -> {
            LocalDateTime local = local(start, due).plus(later);
            json.put("task_id", task + "~" + local.format(RECURRENCE_ID));
        });
    }
}
