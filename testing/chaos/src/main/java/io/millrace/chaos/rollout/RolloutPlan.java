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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What is published in an episode: flags, and again by hand; definitions, some again under way; commands, some twice; broken records.
 * Signals are of {@link Services}.
 */
final class RolloutPlan {
    /** Milliseconds. */
    static final int LENGTH = 10_000;

    /** Whose signals count. */
    static final String SOURCE = "service";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FLAGS = 36;
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

    /** How a roll-out goes. The key of its flag ends with its name. */
    enum Shape {
        BY_TIME(
                """
                {"strategy":"progressive","steps":[{"percent":5,"hold_seconds":1},{"percent":50,"hold_seconds":2},{"percent":100}]}""",
                -1),
        AS_GOOD(
                """
                {"strategy":"progressive","steps":[{"percent":20,"hold_seconds":1},{"percent":50,"hold_seconds":1},{"percent":100}]}""",
                2),
        WORSE(
                """
                {"strategy":"progressive","steps":[{"percent":20,"hold_seconds":2},{"percent":60,"hold_seconds":9},{"percent":100}]}""",
                40),
        /** Half of the requests have the new variant, whatever the flag says. */
        LOPSIDED(
                """
                {"strategy":"progressive","steps":[{"percent":5,"hold_seconds":2},{"percent":100}]}""",
                2),
        BLUE_GREEN(
                """
                {"strategy":"blue_green","audience":{"attribute":"group","values":["staff"]}}""",
                -1);

        private final String definition;
        private final int failed;

        Shape(String definition, int failed) {
            this.definition = definition;
            this.failed = failed;
        }

        static Shape of(String flag) {
            return Arrays.stream(values())
                    .filter(shape -> flag.endsWith(shape.suffix()))
                    .findFirst()
                    .orElseThrow();
        }

        private String suffix() {
            return "-" + name().toLowerCase(Locale.ROOT);
        }

        boolean isWatched() {
            return failed >= 0;
        }

        /** Of 100 requests with the new variant. */
        int failed() {
            return failed;
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
            Shape shape = Shape.values()[flag % Shape.values().length];
            plan.follow(prefix + "f" + flag + shape.suffix(), shape);
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
            publish(
                    start + random.nextInt(LENGTH - start),
                    Topics.ROLLOUT_DEFINITIONS,
                    definition(flag, Shape.BY_TIME));
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
        String text = "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\""
                + rule + "}";
        return Event.raw(flag, text.getBytes(StandardCharsets.UTF_8));
    }

    private Event definition(String flag, Shape shape) {
        String name = flag + "-v2";
        Event defined = event(name, "rollout.defined");
        defined.with("name", name).with("flag", flag).with("to", "new").with("from", "old");
        defined.json().setAll(parsed(shape.definition));
        if (shape.isWatched()) {
            defined.json()
                    .setAll(parsed("{\"health\":{\"sources\":[{\"name\":\"" + SOURCE
                            + "\"}],\"min_requests\":20,\"warm_up_seconds\":0}}"));
        }
        if (percent(10)) {
            defined.json()
                    .setAll(parsed("{\"after\":[{\"flag\":\"" + prefix + "f0" + Shape.BY_TIME.suffix()
                            + "\",\"variant\":\"new\"}]}"));
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
