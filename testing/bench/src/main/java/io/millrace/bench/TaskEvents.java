package io.millrace.bench;

import io.millrace.schema.wire.IsoDateTimes;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events about tasks that are due in some days, with two reminders each. The same arguments give the same events. Each
 * event that is no duplicate leads to one view.
 */
final class TaskEvents {
    private static final int USERS = 50_000;
    private static final int DAYS = 30;
    private static final double DUPLICATES = 0.2;
    private static final int RECENT = 10_000;
    private static final int LIVES = 50_000;

    private final StreamShape shape;
    private final SplittableRandom random;
    private final String occurredAt;
    private final long startMillis;
    private final Event[] recent = new Event[RECENT];
    private final Life[] lives = new Life[LIVES];
    private int tasks;
    private long views;
    private long bytes;

    /**
     * An event.
     *
     * @param user the record's key
     */
    record Event(String user, String json) {}

    /** A task in the midst of its life; {@code step} events of it are out. */
    private record Life(String user, String task, int step) {}

    /**
     * @param startMillis when all of them occurred, milliseconds since the epoch; due dates are a day later at least
     */
    TaskEvents(StreamShape shape, long seed, long startMillis) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
        this.startMillis = startMillis;
        this.occurredAt = IsoDateTimes.formatUtc(startMillis);
    }

    /** To how many views the events so far lead. */
    long views() {
        return views;
    }

    /** How many bytes the values of the events so far have; they are ASCII. */
    long bytes() {
        return bytes;
    }

    Event next() {
        Event next = nextOfShape();
        bytes += next.json().length();
        return next;
    }

    private Event nextOfShape() {
        return switch (shape) {
            case UNIQUE -> {
                views++;
                yield created(user(), newTask());
            }
            case DUPLICATES -> sometimesAgain();
            case LIFECYCLE -> {
                views++;
                yield live(random.nextInt(LIVES));
            }
        };
    }

    private Event sometimesAgain() {
        if (views > 0 && random.nextDouble() < DUPLICATES) {
            return recent[random.nextInt((int) Math.min(views, RECENT))];
        }
        Event event = created(user(), newTask());
        recent[(int) (views++ % RECENT)] = event;
        return event;
    }

    private Event live(int index) {
        Life life = lives[index];
        if (life == null) {
            Life born = new Life(user(), newTask(), 1);
            lives[index] = born;
            return created(born.user(), born.task());
        }
        int chance = random.nextInt(10);
        int step = life.step();
        Event event =
                switch (step) {
                    case 1 -> event("task.updated", life, ",\"title\":\"Call the accountant about the figures\"");
                    case 2 -> event("task.updated", life, ",\"priority\":\"P1\",\"due_at\":\"" + due() + "\"");
                    case 3 -> event(chance == 0 ? "task.deleted" : "task.completed", life, "");
                    case 4 -> event("task.reopened", life, "");
                    default -> event("task.completed", life, "");
                };
        boolean over = step == 3 && chance < 9 || step == 5;
        lives[index] = over ? null : new Life(life.user(), life.task(), step + 1);
        return event;
    }

    private String user() {
        return "u-" + random.nextInt(USERS);
    }

    private String newTask() {
        return "t-" + tasks++;
    }

    private String due() {
        long day = Duration.ofDays(1).toMillis();
        return IsoDateTimes.formatUtc(startMillis + day + random.nextLong(DAYS * day));
    }

    private Event created(String user, String task) {
        return event(
                "task.created",
                new Life(user, task, 0),
                ",\"title\":\"Send the figures of week " + tasks % 52
                        + " to the accountant\",\"priority\":\"P2\",\"tags\":[\"office\",\"finance\"],\"due_at\":\""
                        + due() + "\",\"time_zone\":\"Europe/Paris\",\"remind_before_minutes\":[60,0]");
    }

    private Event event(String type, Life of, String fields) {
        return new Event(
                of.user(),
                "{\"schema_version\":1,\"event_id\":\"" + new UUID(random.nextLong(), random.nextLong())
                        + "\",\"event_type\":\"" + type + "\",\"occurred_at\":\"" + occurredAt + "\",\"user_id\":\""
                        + of.user() + "\",\"task_id\":\"" + of.task() + "\"" + fields + "}");
    }
}
