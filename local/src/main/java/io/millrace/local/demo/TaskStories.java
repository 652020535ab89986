package io.millrace.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.demo.Company.Person;
import io.millrace.local.demo.Company.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes up what happens to one task after another: how it is created, and what its owner does with it later. Due dates
 * lie seconds ahead, so that one sees reminders come, or on another day.
 */
final class TaskStories {

    private static final Duration DAY = Duration.ofHours(24);
    private static final int MIN_AHEAD_SECONDS = 2;
    private static final int MAX_AHEAD_SECONDS = 55;

    /** Something that happens to a task at a moment; the event is made then. */
    record Step(Instant at, Function<Instant, SampleEvent> event) {}

    private final Random random;
    private final String prefix;
    private final Instant latestDue;
    private long tasks;

    /**
     * @param prefix begins every task's id, so that runs on the same data do not touch each other's tasks
     * @param latestDue no reminder of today is later than this
     */
    TaskStories(Random random, String prefix, Instant latestDue) {
        this.random = random;
        this.prefix = prefix;
        this.latestDue = latestDue;
    }

    String nextTaskId() {
        return prefix + "-" + ++tasks;
    }

    /** The events of one task, in order, the first of them now. */
    List<Step> next(Instant now, double partOfDay) {
        Person person = Company.anyone(random);
        String task = nextTaskId();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(now, at -> created(person, task, partOfDay, at)));
        Instant time = now;
        if (chance(15)) {
            time = later(time);
            steps.add(new Step(time, at -> updated(person, task, at)));
        }
        if (chance(12)) {
            time = later(time);
            steps.add(new Step(time, at -> snoozed(person, task, at)));
        }
        if (chance(40)) {
            time = later(time);
            steps.add(new Step(time, at -> plain("task.completed", person, task, at)));
            if (chance(8)) {
                time = later(time);
                steps.add(new Step(time, at -> plain("task.reopened", person, task, at)));
            }
        } else if (chance(6)) {
            time = later(time);
            steps.add(new Step(time, at -> plain("task.deleted", person, task, at)));
        }
        return steps;
    }

    private SampleEvent created(Person person, String task, double partOfDay, Instant now) {
        Work work = Company.work(random, partOfDay);
        ObjectNode event = SampleEvent.envelope(random, "task.created", person, task, now);
        event.put("title", work.title());
        event.put("priority", work.priority());
        event.putArray("tags").add(work.tag());
        String description = Company.describe(work);
        if (description != null) {
            event.put("description", description);
        }
        int kind = random.nextInt(100);
        if (kind < 55) {
            event.put("due_at", SampleEvent.withOffset(soon(now), person.zone()));
        } else if (kind < 70) {
            event.put("due_at", SampleEvent.local(soon(now), person.zone()));
            event.put("time_zone", person.zone().getId());
        } else if (kind < 82) {
            // An hour's notice comes within the minute, the reminder itself stays pending.
            event.put("due_at", SampleEvent.utc(soon(now).plus(1, ChronoUnit.HOURS)));
            event.putArray("remind_before_minutes").add(60).add(0);
        } else if (kind < 94) {
            recurring(event, person, soon(now));
        } else {
            event.remove("priority");
            event.put("description", "Some day, when there is time.");
        }
        return SampleEvent.of(person, event);
    }

    private void recurring(ObjectNode event, Person person, Instant due) {
        event.put("due_at", SampleEvent.local(due, person.zone()));
        event.put("time_zone", person.zone().getId());
        ObjectNode recurrence = event.putObject("recurrence");
        switch (random.nextInt(4)) {
            case 0 -> {
                event.put("title", "Stand-up");
                recurrence.put("rule", "FREQ=DAILY").put("next", "on_schedule").put("overlap", "replace");
            }
            case 1 -> {
                event.put("title", "Pay the rent of the workshop");
                recurrence.put("every", "monthly");
            }
            case 2 -> {
                event.put("title", "Back up the accounts");
                recurrence.put("every", "weekly");
            }
            default -> {
                event.put("title", "Look at the monitoring");
                recurrence.put("rule", "FREQ=HOURLY;INTERVAL=2").put("next", "on_completion");
            }
        }
    }

    private SampleEvent updated(Person person, String task, Instant now) {
        ObjectNode event = SampleEvent.envelope(random, "task.updated", person, task, now);
        switch (random.nextInt(3)) {
            case 0 -> event.put("due_at", SampleEvent.withOffset(soon(now), person.zone()));
            case 1 -> event.put("priority", "P1");
            default -> event.put("description", "Waiting for an answer from the customer.");
        }
        return SampleEvent.of(person, event);
    }

    private SampleEvent snoozed(Person person, String task, Instant now) {
        ObjectNode event = SampleEvent.envelope(random, "reminder.snoozed", person, task, now);
        if (chance(75)) {
            event.put("snooze_until", SampleEvent.withOffset(soon(now), person.zone()));
        } else {
            event.put("snooze_minutes", 24 * 60);
        }
        return SampleEvent.of(person, event);
    }

    private SampleEvent plain(String type, Person person, String task, Instant now) {
        return SampleEvent.of(person, SampleEvent.envelope(random, type, person, task, now));
    }

    /** Within the minute, and if that would be too late for this run, at the same time tomorrow. */
    private Instant soon(Instant now) {
        int ahead = MIN_AHEAD_SECONDS * 1000 + random.nextInt((MAX_AHEAD_SECONDS - MIN_AHEAD_SECONDS) * 1000);
        Instant due = now.plusMillis(ahead);
        if (due.isAfter(latestDue)) {
            long room = Duration.between(now, latestDue).toMillis() - MIN_AHEAD_SECONDS * 1000L;
            due = room <= 0
                    ? due.plus(DAY)
                    : now.plusMillis(MIN_AHEAD_SECONDS * 1000L + (long) (random.nextDouble() * room));
        }
        return due;
    }

    private Instant later(Instant time) {
        return time.plusMillis(1_000 + random.nextInt(25_000));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
