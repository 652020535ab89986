package io.millrace.chaos.conversation;

import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Seeds;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What customers and people of the desk do in an episode: messages in bursts and while a turn is answered, people who take
 * over and give back, ratings, ends, customers who are to be forgotten, the same again, and broken records. Two
 * conversations are of one customer.
 */
final class TalkPlan {
    /** Milliseconds. */
    static final int LENGTH = 10_000;
    /** What addresses end with, each of which is in one message alone. */
    static final String DOMAIN = "@exemple.ca";

    private static final int CONVERSATIONS = 60;
    private static final int LAST_BEGINNING = 6_000;

    private final Random random;
    private final String tenant;
    private final List<Publication> steps = new ArrayList<>();
    private int messages;

    private TalkPlan(Random random, String tenant) {
        this.random = random;
        this.tenant = tenant;
    }

    /**
     * The records in the order of their times.
     *
     * @param tenant whose all of it is
     */
    static List<Publication> of(long seed, String tenant) {
        TalkPlan plan = new TalkPlan(Seeds.random(seed + 1), tenant);
        for (int number = 0; number < CONVERSATIONS; number++) {
            plan.follow(tenant + "-c" + number, tenant + "-u" + number / 2);
        }
        plan.steps.sort(Comparator.comparingInt(Publication::at));
        return List.copyOf(plan.steps);
    }

    private void follow(String conversation, String customer) {
        int at = random.nextInt(LAST_BEGINNING);
        int exchanges = 1 + random.nextInt(3);
        for (int i = 0; i < exchanges; i++) {
            at = burst(at, conversation, customer);
            at += 1_200 + random.nextInt(2_000);
        }
        int dice = random.nextInt(100);
        if (dice < 30) {
            at = takeOver(at, conversation, customer);
        } else if (dice < 50) {
            close(at, conversation, customer);
        } else if (dice < 60) {
            erase(at, conversation, customer);
        }
        if (percent(20)) {
            Event rated = event(conversation, "conversation.rated");
            rated.json().put("rating", 1 + random.nextInt(5));
            publish(at + random.nextInt(500), rated.with("comment", "Thanks, " + address()));
        }
        if (percent(5)) {
            byte[] bad = percent(30) ? null : "{\0x".getBytes(StandardCharsets.UTF_8);
            steps.add(new Publication(at, TalkTopics.INPUTS.get(random.nextInt(3)), Event.raw(conversation, bad)));
        }
    }

    /** Some come within the quiet time, some when the turn has begun. @return when the last one comes */
    private int burst(int from, String conversation, String customer) {
        int at = from;
        int more = random.nextInt(4);
        say(at, conversation, customer);
        for (int i = 0; i < more; i++) {
            at += percent(60) ? random.nextInt(200) : 300 + random.nextInt(600);
            say(at, conversation, customer);
        }
        return at;
    }

    private int takeOver(int from, String conversation, String customer) {
        // About when a turn begins or is answered.
        int at = from - 600 + random.nextInt(900);
        Event taken = percent(50)
                ? event(conversation, "conversation.assigned").with("to", "ada")
                : event(conversation, "message.sent").with("by", "ada").with("text", "I am Ada, " + address());
        publish(at, taken);
        at += 50 + random.nextInt(500);
        say(at, conversation, customer);
        at += 300 + random.nextInt(1_000);
        if (percent(70)) {
            publish(at, event(conversation, "conversation.released"));
            at += random.nextInt(600);
            say(at, conversation, customer);
        }
        return at;
    }

    private void close(int from, String conversation, String customer) {
        int at = from - 600 + random.nextInt(900);
        publish(at, event(conversation, "conversation.closed").with("reason", "solved"));
        if (percent(50)) {
            say(at + random.nextInt(800), conversation, customer);
        }
    }

    /** Some are to be forgotten while they are answered, and some write again. */
    private void erase(int from, String conversation, String customer) {
        int at = from - 600 + random.nextInt(900);
        if (percent(30)) {
            publish(at, event(conversation, "conversation.erased"));
        } else {
            publish(at, event(customer, "customer.erased").with("customer_id", customer));
        }
        if (percent(60)) {
            say(at + 100 + random.nextInt(1_500), conversation, customer);
        }
    }

    private void say(int at, String conversation, String customer) {
        Event message = event(conversation, "message.received").with("channel", "chat");
        if (percent(70)) {
            message.with("customer_id", customer);
        } else if (percent(30)) {
            publish(
                    at + random.nextInt(400),
                    event(conversation, "customer.identified").with("customer_id", customer));
        }
        int dice = random.nextInt(100);
        publish(at, message.with("text", dice < 3 ? " " : dice < 65 ? "Write to " + address() : "Are you there?"));
    }

    private String address() {
        return "m" + messages++ + "." + tenant + DOMAIN;
    }

    private Event event(String key, String type) {
        Event event = Event.of(key, type, Seeds.id(random), Event.Dates.NONE).with("tenant", tenant);
        return type.equals("customer.erased") ? event : event.with("conversation_id", key);
    }

    private boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    private void publish(int at, Event event) {
        int time = Math.max(0, at);
        steps.add(new Publication(time, Topics.CONVERSATION_EVENTS, event));
        if (percent(6)) {
            steps.add(new Publication(time + random.nextInt(1_500), Topics.CONVERSATION_EVENTS, event));
        }
    }
}
