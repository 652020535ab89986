package io.millrace.chaos.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Outsiders;
import io.millrace.logic.pii.Tokens;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Who ends the runs of turns, as the workflows job does; outside of what is killed. How one ends follows from its id: with
 * an answer, with an escalation, failed, with nonsense, twice, late or not before the timeout; and some that are cancelled
 * end all the same. Answers tell of what the conversation said first, whose value may be gone meanwhile, and some of what
 * another conversation said.
 */
final class Answerers extends Outsiders {
    private static final long COST_MICROS = 100;
    private static final int LATE_MILLIS = 1_000;

    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Set<String> known = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Map<String, String> firstTokens = new HashMap<>();
    private final Map<String, JsonNode> starts = new HashMap<>();
    private String latestToken;
    private int commands;

    /** The run whose view is to be told then, unless it was cancelled. */
    private record Due(long at, WorkflowRun view) {}

    Answerers(String bootstrapServers, List<TopicSpec> topics) {
        super("answerers", bootstrapServers, topics);
        start();
    }

    @Override
    protected void act() {
        long now = System.currentTimeMillis();
        List<JsonNode> all = probe.jsonOf(Topics.WORKFLOW_COMMANDS);
        while (commands < all.size()) {
            take(all.get(commands++), now);
        }
        while (!due.isEmpty() && due.peek().at() <= now) {
            tell(due.poll().view());
        }
    }

    private void take(JsonNode command, long now) {
        if (!known.add(command.path("event_id").asText())) {
            return;
        }
        String run = command.path("run_id").asText();
        Random random = new Random(run.hashCode());
        if (command.path("event_type").asText().equals("workflow.start")) {
            starts.put(run, command);
            begin(command, random, now);
        } else if (random.nextInt(100) < 60 && starts.containsKey(run) && cancelled.add(run)) {
            probe.publish(
                    Topics.WORKFLOW_RUNS,
                    WorkflowRun.key(tenant(command), run),
                    view(starts.get(run), RunStatus.CANCELLED, null, now).toJson());
        }
    }

    private void begin(JsonNode start, Random random, long now) {
        String conversation =
                tenant(start) + "/" + start.at("/attributes/conversation").asText();
        String text = start.at("/input/text").asText();
        int token = Tokens.next(text, 0);
        if (token < text.length()) {
            firstTokens.putIfAbsent(conversation, text.substring(token, token + Tokens.LENGTH));
        }
        int dice = random.nextInt(100);
        int late = random.nextInt(100);
        long at = now + random.nextInt(late < 8 ? 3 * LATE_MILLIS : 500);
        if (late >= 95) {
            return;
        }
        String said = "Heard: " + text + "\nAt first: " + firstTokens.getOrDefault(conversation, "nothing");
        if (late < 20 && latestToken != null) {
            said += "\nElsewhere: " + latestToken;
        }
        latestToken = firstTokens.getOrDefault(conversation, latestToken);
        WorkflowRun view = view(
                start, dice < 10 ? RunStatus.FAILED : RunStatus.COMPLETED, dice < 10 ? null : output(dice, said), at);
        due.add(new Due(at, view));
        if (dice >= 90) {
            due.add(new Due(at + random.nextInt(2 * LATE_MILLIS), view));
        }
    }

    private static String output(int dice, String said) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (dice < 14) {
            return json.put("action", "think").toString();
        }
        if (dice < 26) {
            json.put("action", "escalate").put("reason", "customer_asked").put("priority", "P2");
            return (dice < 20 ? json.put("text", said) : json).toString();
        }
        return json.put("action", "reply")
                .put("text", said)
                .put("language", "fr-CA")
                .put("intent", "order_status")
                .toString();
    }

    private void tell(WorkflowRun view) {
        if (!cancelled.contains(view.runId())) {
            probe.publish(Topics.WORKFLOW_RUNS, view.key(), view.toJson());
        }
    }

    private static String tenant(JsonNode event) {
        return event.path("tenant").asText(Envelope.DEFAULT_TENANT);
    }

    private static WorkflowRun view(JsonNode start, RunStatus state, String output, long at) {
        String run = start.path("run_id").asText();
        Instant time = Instant.ofEpochMilli(at);
        return new WorkflowRun(
                new Envelope(
                        UUID.nameUUIDFromBytes((run + state).getBytes(StandardCharsets.UTF_8)),
                        "workflow.run",
                        time,
                        tenant(start),
                        null,
                        null),
                run,
                start.path("workflow").asText(),
                "1.0.0",
                null,
                9,
                state,
                Instant.parse(start.path("occurred_at").asText()),
                time,
                Map.of("conversation", start.at("/attributes/conversation").asText()),
                List.of(),
                3,
                0,
                COST_MICROS,
                output,
                state == RunStatus.FAILED ? new WorkflowError("chaos", 500, "it failed", null, "/do/0") : null,
                null);
    }
}
