package io.millrace.chaos.digest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Seeds;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What is published in an episode: views of many people's tasks as they change, some again, some late, some broken. */
public final class DigestPlan {
    /** Milliseconds. */
    static final int LENGTH = 10_000;

    private static final int VIEWS = 1_500;
    private static final int USERS = 240;
    private static final int BAD_PERCENT = 2;
    private static final int AGAIN_PERCENT = 5;
    private static final String[] AFTERWARDS = {"open", "open", "completed", "completed", "deleted"};

    private final Random random;
    private final String users;
    private final List<Publication> steps = new ArrayList<>();

    private DigestPlan(Random random, String users) {
        this.random = random;
        this.users = users;
    }

    /**
     * The records in the order of their times.
     *
     * @param users the beginning of the ids of all
     */
    public static List<Publication> of(long seed, String users) {
        DigestPlan plan = new DigestPlan(Seeds.random(seed + 1), users);
        for (int task = 0; plan.steps.size() < VIEWS; task++) {
            plan.follow("t-" + task);
        }
        plan.steps.sort(Comparator.comparingInt(Publication::at));
        return List.copyOf(plan.steps);
    }

    private void follow(String task) {
        int number = random.nextInt(USERS);
        String user = users + "u-" + number;
        int at = random.nextInt(LENGTH);
        String status = "open";
        for (int version = 1; at < LENGTH; version++) {
            Event view = view(user, zone(number), task, version, status);
            publish(at, view);
            if (random.nextInt(100) < AGAIN_PERCENT) {
                publish(at + random.nextInt(3_000), view);
            }
            if (random.nextInt(100) < BAD_PERCENT) {
                publish(at, Event.raw(user, random.nextBoolean() ? null : "{\0x".getBytes(StandardCharsets.UTF_8)));
            }
            at += 200 + random.nextInt(5_000);
            status = AFTERWARDS[random.nextInt(AFTERWARDS.length)];
        }
    }

    /** Where the minute begins at a second that depends on the person. */
    private static String zone(int number) {
        return "+00:00:%02d".formatted(number % 60);
    }

    private void publish(int at, Event event) {
        if (at < LENGTH) {
            steps.add(new Publication(at, Topics.TASK_UPDATES, event));
        }
    }

    private Event view(String user, String zone, String task, int version, String status) {
        Event view = Event.of(user, "task.changed", Seeds.id(random), Event.Dates.NONE);
        ObjectNode json = view.json();
        json.put("user_id", user)
                .put("task_id", task)
                .put("version", version)
                .put("status", status)
                .put("title", "Pay the rent of " + task)
                .put("time_zone", zone);
        return view;
    }
}
