package io.millrace.chaos.workflow;

import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Seeds;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowDefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is published in an episode: definitions, starts, some of them again and with another input, and what disturbs the
 * runs: commands, signals, broken records. Answers and votes are of {@link Counterparts}.
 */
final class RunPlan {
    /** Milliseconds. */
    static final int LENGTH = 10_000;
    /** Nobody defines it: its starts are refused. */
    static final String UNDEFINED = "nowhere";

    private static final int RUNS = 160;
    /** The binder sees what was logged half a second before a start. */
    private static final int FIRST_START = 1_000;

    private static final List<String> INPUTS = List.of(
            Topics.WORKFLOW_DEFINITIONS, Topics.WORKFLOW_COMMANDS, Topics.APPROVAL_DECISIONS, Topics.WORKFLOW_INBOX);

    private final Random random;
    private final String tenant;
    private final List<Publication> steps = new ArrayList<>();

    private RunPlan(Random random, String tenant) {
        this.random = random;
        this.tenant = tenant;
    }

    /**
     * The records in the order of their times.
     *
     * @param tenant whose all of it is
     */
    static List<Publication> of(long seed, String tenant) {
        RunPlan plan = new RunPlan(Seeds.random(seed + 1), tenant);
        Shapes.names().forEach(plan::define);
        for (int run = 0; run < RUNS; run++) {
            plan.follow(run);
        }
        plan.steps.sort(Comparator.comparingInt(Publication::at));
        return List.copyOf(plan.steps);
    }

    private void define(String name) {
        String text = Shapes.text(name);
        String digest = WorkflowDefined.digestOf(text);
        Event defined = event(String.join("/", tenant, name, Shapes.VERSION, digest), "workflow.defined");
        defined.with("workflow", name)
                .with("version", Shapes.VERSION)
                .with("digest", digest)
                .with("text", text);
        publish(0, Topics.WORKFLOW_DEFINITIONS, defined);
        if (percent(30)) {
            publish(random.nextInt(LENGTH), Topics.WORKFLOW_DEFINITIONS, defined);
        }
    }

    private void follow(int number) {
        String run = tenant + "-r" + number;
        List<String> names = Shapes.names();
        String name = percent(2) ? UNDEFINED : names.get(random.nextInt(names.size()));
        int at = FIRST_START + random.nextInt(LENGTH - FIRST_START);
        Event start = start(run, name, number);
        publish(at, Topics.WORKFLOW_COMMANDS, start);
        if (percent(10)) {
            publish(at + random.nextInt(2_000), Topics.WORKFLOW_COMMANDS, percent(50) ? start : start(run, name, -1));
        }
        disturb(run, name, at);
        if (percent(4)) {
            byte[] bad = percent(30) ? null : "{\0x".getBytes(StandardCharsets.UTF_8);
            publish(at, INPUTS.get(random.nextInt(INPUTS.size())), Event.raw(run, bad));
        }
    }

    private void disturb(String run, String name, int at) {
        if (percent(12)) {
            control(run, "cancel", at + random.nextInt(1_500));
        }
        if (percent(12)) {
            int suspended = at + random.nextInt(1_500);
            control(run, "suspend", suspended);
            control(run, "resume", suspended + 100 + random.nextInt(2_000));
        }
        if (name.equals(Shapes.FRAGILE) || percent(3)) {
            control(run, "retry", at + 300 + random.nextInt(3_000));
        }
        if (name.equals("listening") && percent(80) || percent(3)) {
            // Some before the run waits, some about when it does not wait any longer.
            signal(run, Math.max(FIRST_START, at - 200 + random.nextInt(3_000)));
        }
    }

    private Event start(String run, String workflow, int number) {
        Event start = event(run, "workflow.start").with("run_id", run).with("workflow", workflow);
        if (percent(50)) {
            start.with("version", Shapes.VERSION);
        }
        start.json().putObject("input").put("n", number);
        start.json().putObject("attributes").put("number", Integer.toString(number));
        return start;
    }

    private void control(String run, String action, int at) {
        Event control = event(run, "workflow.control")
                .with("run_id", run)
                .with("action", action)
                .with("by", "ada");
        publish(at, Topics.WORKFLOW_COMMANDS, control);
        if (percent(10)) {
            publish(at + random.nextInt(500), Topics.WORKFLOW_COMMANDS, control);
        }
    }

    private void signal(String run, int at) {
        Event signal = event(run, "workflow.signal").with("run_id", run).with("name", Shapes.SIGNAL);
        signal.json().putObject("data").put("at", at);
        publish(at, Topics.WORKFLOW_COMMANDS, signal);
    }

    private Event event(String key, String type) {
        return Event.of(key, type, Seeds.id(random), Event.Dates.NONE).with("tenant", tenant);
    }

    private boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    private void publish(int at, String topic, Event event) {
        steps.add(new Publication(at, topic, event));
    }
}
