package io.millrace.chaos.task;

import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Seeds;
import io.millrace.schema.wire.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What is published in an episode: a random history of many tasks, by the seed. Only dates depend on when it is played.
 */
final class TaskPlan {
    static final int LENGTH = 10_000;
    /** No reminder of today is due later than this after the start; milliseconds, as all times here. */
    static final int LAST_DUE = LENGTH + 1_500;

    private static final int EVENTS = 2_000;
    private static final int USERS = 40;
    private static final int REPEATED_PERCENT = 3;
    private static final int BAD_PERCENT = 2;

    private final Random random;
    private final String userPrefix;
    private final List<Publication> steps = new ArrayList<>();

    private TaskPlan(long seed, String userPrefix) {
        this.random = Seeds.random(seed + 1);
        this.userPrefix = userPrefix;
    }

    /**
     * The records in the order of their times.
     *
     * @param userPrefix of the ids of all users
     */
    static List<Publication> of(long seed, String userPrefix) {
        return of(seed, userPrefix, EVENTS);
    }

    private static List<Publication> of(long seed, String userPrefix, int events) {
        TaskPlan plan = new TaskPlan(seed, userPrefix);
        Stories stories = new Stories(plan.random, plan::add);
        for (int task = 0; plan.steps.size() < events; task++) {
            int dice = plan.random.nextInt(100);
            if (dice < BAD_PERCENT) {
                plan.add(plan.random.nextInt(LENGTH), BadEvents.any(plan.random, plan.user(), plan.id()));
            } else {
                stories.tell(plan.user(), "t-" + task);
            }
        }
        plan.repeat();
        plan.steps.sort(Comparator.comparingInt(Publication::at));
        return List.copyOf(plan.steps);
    }

    private String user() {
        return userPrefix + "u-" + random.nextInt(USERS);
    }

    private UUID id() {
        return Seeds.id(random);
    }

    /** What would come after the end is left out. */
    private void add(int at, Event event) {
        if (at < LENGTH) {
            steps.add(new Publication(at, Topics.TASK_EVENTS, event));
        }
    }

    private void repeat() {
        for (int i = steps.size() * REPEATED_PERCENT / 100; i > 0; i--) {
            Publication again = steps.get(random.nextInt(steps.size()));
            add(again.at() + 1 + random.nextInt(3_000), again.event());
        }
    }
}
