package io.millrace.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What is published in an episode: a random history of many tasks, by the seed. Only dates depend on when it is played.
 */
final class Plan {
    static final int LENGTH = 10_000;
    /** No reminder of today is due later than this after the start; milliseconds, as all times here. */
    static final int LAST_DUE = LENGTH + 1_500;

    private static final int EVENTS = 2_000;
    private static final int USERS = 40;
    private static final int REPEATED_PERCENT = 3;
    private static final int BAD_PERCENT = 2;

    private final Random random;
    private final String userPrefix;
    private final List<Step> steps = new ArrayList<>();

    /** @param at milliseconds after the start */
    record Step(int at, Event event) {}

    private Plan(long seed, String userPrefix) {
        this.random = Episode.random(seed + 1);
        this.userPrefix = userPrefix;
    }

    /**
     * The records in the order of their times.
     *
     * @param userPrefix of the ids of all users
     */
    static List<Step> of(long seed, String userPrefix) {
        return of(seed, userPrefix, EVENTS);
    }

    private static List<Step> of(long seed, String userPrefix, int events) {
        Plan plan = new Plan(seed, userPrefix);
        Stories stories = new Stories(plan.random, plan::add);
        for (int task = 0; plan.steps.size() < events; task++) {
            int dice = plan.random.nextInt(100);
            if (dice < BAD_PERCENT) {
                plan.add(plan.random.nextInt(LENGTH), BadRecords.any(plan.random, plan.user(), plan.id()));
            } else {
                stories.tell(plan.user(), "t-" + task);
            }
        }
        plan.repeat();
        plan.steps.sort(Comparator.comparingInt(Step::at));
        return List.copyOf(plan.steps);
    }

    private String user() {
        return userPrefix + "u-" + random.nextInt(USERS);
    }

    private UUID id() {
        return Stories.id(random);
    }

    /** What would come after the end is left out. */
    private void add(int at, Event event) {
        if (at < LENGTH) {
            steps.add(new Step(at, event));
        }
    }

    private void repeat() {
        for (int i = steps.size() * REPEATED_PERCENT / 100; i > 0; i--) {
            Step again = steps.get(random.nextInt(steps.size()));
            add(again.at + 1 + random.nextInt(3_000), again.event);
        }
    }
}
