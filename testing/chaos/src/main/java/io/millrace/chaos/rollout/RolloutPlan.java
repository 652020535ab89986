package io.millrace.chaos.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * What is published in an episode: flags, and again by hand; definitions, some again under way; commands, some twice; signals of a
 * version that is as good and of one that is worse; broken records.
 */
final class RolloutPlan {
    /** Milliseconds. */
    static final int LENGTH = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FLAGS = 36;
    private static final int SIGNAL_MILLIS = 300;
    private static final int REQUESTS = 25;
    private static final byte[] BROKEN = "{\0x".getBytes(StandardCharsets.UTF_8);
    private static final List<String> ACTIONS =
            List.of("step", "promote", "roll_back", "emergency_stop", "resume", "start", "forget");

    private final Random random;
    private final String prefix;
    private final List<Publication> steps = new ArrayList<>();

    private RolloutPlan(Random random, String prefix) {
        this.random = random;
        this.prefix = prefix;
    }

    /** How a roll-out goes: its strategy with its steps, whether it is watched, and how many of 100 requests fail with it. */
    private enum Shape {
        BY_TIME("\"progressive\",\"steps\":[{\"percent\":5,\"hold_seconds\":1},{\"percent\":50,\"hold_seconds\":2},"
                + "{\"percent\":100}]", false, 0),
        // Half of the requests have the new version whatever the flag says: so far from it they may be.
        AS_GOOD("\"progressive\",\"steps\":[{\"percent\":40,\"hold_seconds\":1},{\"percent\":50,\"hold_seconds\":1},"
                + "{\"percent\":60,\"hold_seconds\":1},{\"percent\":100,\"hold_seconds\":1}]", true, 2),
        WORSE("\"progressive\",\"steps\":[{\"percent\":40,\"hold_seconds\":2},{\"percent\":60,\"hold_seconds\":9},"
                + "{\"percent\":100}]", true, 40),
        LOPSIDED("\"progressive\",\"steps\":[{\"percent\":5,\"hold_seconds\":2},{\"percent\":100}]", true, 2),
        BLUE_GREEN("\"blue_green\",\"audience\":{\"attribute\":\"group\",\"values\":[\"staff\"]}", false, 0);

        private final String strategy;
        private final boolean isWatched;
        private final int errors;

        Shape(String strategy, boolean isWatched, int errors) {
            this.strategy = strategy;
            this.isWatched = isWatched;
            this.errors = errors;
        }
    }

    /**
     * The records in the order of their times.
     *
     * @param prefix the beginning of the keys of all
     */
    static List<Publication> of(long seed, String prefix) {
        RolloutPlan plan = new RolloutPlan(Seeds.random(seed + 1), prefix);
        for (int flag = 0; flag < FLAGS; flag++) {
            plan.follow(prefix + "f" + flag, Shape.values()[flag % Shape.values().length]);
        }
        plan.steps.sort(Comparator.comparingInt(Publication::at));
        return List.copyOf(plan.steps);
    }

    private void follow(String flag, Shape shape) {
        String name = flag + "-v2";
        if (!percent(4)) {
            publish(random.nextInt(800), Topics.FLAGS, flag(flag, 0));
        }
        publish(random.nextInt(800), Topics.ROLLOUT_DEFINITIONS, definition(flag, shape));
        int start = 800 + random.nextInt(1_200);
        command(name, "start", start);
        disturb(flag, name, shape, start);
        if (shape.isWatched) {
            for (int at = start; at < LENGTH; at += SIGNAL_MILLIS) {
                signal(at, flag, "new", shape.errors);
                signal(at, flag, "old", 2);
            }
        }
        if (percent(20)) {
            List<String> topics = RolloutTopics.INPUTS;
            publish(start, topics.get(random.nextInt(topics.size())), Event.raw(flag, BROKEN));
        }
    }

    private void disturb(String flag, String name, Shape shape, int start) {
        if (percent(20)) {
            int paused = start + random.nextInt(3_000);
            command(name, "pause", paused);
            command(name, "resume", paused + 100 + random.nextInt(3_000));
        }
        if (percent(15)) {
            int frozen = start + random.nextInt(4_000);
            command(name, "freeze", frozen);
            command(name, "unfreeze", frozen + 100 + random.nextInt(3_000));
        }
        for (int wishes = random.nextInt(4); wishes > 0; wishes--) {
            command(name, ACTIONS.get(random.nextInt(ACTIONS.size())), start + random.nextInt(LENGTH - start));
        }
        if (shape == Shape.BLUE_GREEN && percent(70)) {
            command(name, "step", start + 1_000);
        }
        if (percent(25)) {
            int changed = start + random.nextInt(LENGTH - start);
            publish(changed, Topics.FLAGS, flag(flag, random.nextInt(100)));
            command(name, "resume", changed + 500 + random.nextInt(1_500));
        }
        if (percent(8)) {
            int deleted = start + random.nextInt(LENGTH - start);
            publish(deleted, Topics.FLAGS, Event.raw(flag, null));
            publish(deleted + 300 + random.nextInt(2_000), Topics.FLAGS, flag(flag, 0));
            command(name, "start", deleted + 500 + random.nextInt(4_000));
        }
        if (percent(10)) {
            publish(start + random.nextInt(LENGTH - start), Topics.ROLLOUT_DEFINITIONS, definition(flag, Shape.BY_TIME));
        }
        if (percent(5)) {
            publish(LENGTH - random.nextInt(2_000), Topics.ROLLOUT_DEFINITIONS, Event.raw(name, null));
        }
        if (percent(5)) {
            command(flag + "-unknown", "start", start);
        }
    }

    /** As somebody publishes it who knows nothing of roll-outs. @param percent that get the new variant; 0 for no rule */
    private static Event flag(String flag, int percent) {
        String rule = percent == 0
                ? ""
                : ",\"targeting\":{\"fractional\":[{\"cat\":[{\"var\":\"$flagd.flagKey\"},{\"var\":\"targetingKey\"}]},[\"new\","
                        + percent + "],[\"old\"," + (100 - percent) + "]]}";
        String text = "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"" + rule
                + "}";
        return Event.raw(flag, text.getBytes(StandardCharsets.UTF_8));
    }

    private Event definition(String flag, Shape shape) {
        String name = flag + "-v2";
        Event defined = event(name, "rollout.defined");
        defined.with("name", name).with("flag", flag).with("to", "new").with("from", "old");
        defined.json().setAll(parsed("{\"strategy\":" + shape.strategy + "}"));
        if (shape.isWatched) {
            defined.json()
                    .setAll(parsed("{\"health\":{\"sources\":[{\"name\":\"service\"}],\"min_requests\":20,"
                            + "\"warm_up_seconds\":0}}"));
        }
        if (percent(10)) {
            defined.json().setAll(parsed("{\"after\":[{\"flag\":\"" + prefix + "f0\",\"variant\":\"new\"}]}"));
        }
        return defined;
    }

    private static ObjectNode parsed(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void command(String name, String action, int at) {
        Event command = event(name, "rollout.command")
                .with("rollout", name)
                .with("action", action)
                .with("by", "ann")
                .with("reason", "as agreed");
        publish(at, Topics.ROLLOUT_COMMANDS, command);
        if (percent(10)) {
            publish(at + random.nextInt(500), Topics.ROLLOUT_COMMANDS, command);
        }
    }

    /** @param errors how many of 100 requests fail */
    private void signal(int at, String flag, String variant, int errors) {
        Event signal = event(flag, "health.signal")
                .with("flag", flag)
                .with("variant", variant)
                .with("source", percent(5) ? "stranger" : "service");
        int failed = 0;
        for (int request = 0; request < REQUESTS; request++) {
            failed += percent(errors) ? 1 : 0;
        }
        signal.json().put("requests", REQUESTS).put("errors", failed);
        signal.json().putArray("latency_bins").add(200 + random.nextInt(20)).add(REQUESTS);
        publish(at, Topics.HEALTH_SIGNALS, signal);
        if (percent(5)) {
            publish(at + random.nextInt(1_000), Topics.HEALTH_SIGNALS, signal);
        }
    }

    private Event event(String key, String type) {
        return Event.of(key, type, Seeds.id(random), Event.Dates.NONE);
    }

    private boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    private void publish(int at, String topic, Event event) {
        if (at < LENGTH) {
            steps.add(new Publication(at, topic, event));
        }
    }
}
