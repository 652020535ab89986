package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes a log of the examples of events, each with what a test wants to be different. Positions count up for each topic. */
public final class TestRecords {
    public static final ObjectMapper JSON = new ObjectMapper();
    public static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private final Map<String, Long> next = new HashMap<>();

    /** The example of an event, a copy. */
    public static ObjectNode example(String name) {
        try (InputStream in = TestRecords.class.getResourceAsStream("/examples/" + name + ".v1.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SourceRecord record(String topic, String key, byte[] value, List<RecordHeader> headers) {
        long offset = next.merge(topic, 1L, Long::sum) - 1;
        return new SourceRecord(
                topic,
                0,
                offset,
                START.toEpochMilli() + offset,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                headers);
    }

    public SourceRecord record(String topic, String key, JsonNode value) {
        return record(topic, key, bytes(value), List.of());
    }

    /** @param definition as flagd knows it */
    public SourceRecord flag(String key, String definition) {
        return record(Topics.FLAGS, key, definition.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public SourceRecord tombstone(String topic, String key) {
        return record(topic, key, null, List.of());
    }

    private static byte[] bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A view of an open task. */
    public SourceRecord task(String tenant, String user, String id, long version, Consumer<ObjectNode> change) {
        ObjectNode view = JSON.createObjectNode()
                .put("schema_version", 1)
                .put("event_id", UUID.randomUUID().toString())
                .put("event_type", "task.changed")
                .put("occurred_at", "2026-12-01T08:00:00Z")
                .put("tenant", tenant)
                .put("user_id", user)
                .put("task_id", id)
                .put("version", version)
                .put("status", "open");
        view.putObject("cause").put("event_id", UUID.randomUUID().toString()).put("event_type", "task.updated");
        view.put("title", "Task " + id)
                .put("created_at", "2026-12-01T08:00:00Z")
                .put("updated_at", START.plusSeconds(version).toString());
        change.accept(view);
        return record(Topics.TASK_UPDATES, user, view);
    }

    public SourceRecord task(String tenant, String user, String id, long version) {
        return task(tenant, user, id, version, view -> {});
    }

    public SourceRecord deleted(String tenant, String user, String id, long version) {
        return task(tenant, user, id, version, view -> view.put("status", TaskStatus.DELETED.wireName()));
    }

    public SourceRecord reminder(String tenant, String user, String task, Instant at) {
        ObjectNode sent = example("reminder.due")
                .put("event_id", UUID.randomUUID().toString())
                .put("tenant", tenant)
                .put("user_id", user)
                .put("task_id", task)
                .put("remind_at", at.toString())
                .put("title", "Reminder of " + task);
        return record(Topics.REMINDERS, user, sent);
    }

    public SourceRecord preferences(String tenant, String user, String address) {
        ObjectNode preferences =
                example("notification.preferences").put("tenant", tenant).put("user_id", user);
        ((ObjectNode) preferences.path("channels").path(0)).put("address", address);
        return record(Topics.NOTIFICATION_PREFERENCES, RecordKey.of(tenant, user), preferences);
    }

    public SourceRecord told(String tenant, String user, boolean delivered, Instant at, String channel) {
        return record(
                Topics.NOTIFICATIONS,
                user,
                example(delivered ? "notification.delivered" : "notification.failed")
                        .put(
                                "event_id",
                                UUID.nameUUIDFromBytes((user + at).getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .put("occurred_at", at.toString())
                        .put("tenant", tenant)
                        .put("user_id", user)
                        .put("channel", channel));
    }

    public SourceRecord run(String tenant, String id, long number, String state, Consumer<ObjectNode> change) {
        ObjectNode run = example("workflow.run")
                .put("tenant", tenant)
                .put("run_id", id)
                .put("number", number)
                .put("state", state);
        run.remove("waiting_for");
        change.accept(run);
        return record(Topics.WORKFLOW_RUNS, RecordKey.part(tenant) + "/" + id, run);
    }

    /** One that waits for an approval. */
    public SourceRecord waitingRun(String tenant, String id, long number, String request) {
        return run(tenant, id, number, "waiting", run -> run.putArray("waiting_for")
                .addObject()
                .put("kind", "approval")
                .put("step", "/do/1/approve")
                .put("name", "Release " + id + "?")
                .put("token", request)
                .put("since", "2026-12-02T07:04:00.000Z"));
    }

    public SourceRecord approval(String tenant, String run, String request, String... approvers) {
        ObjectNode asked = example("approval.requested")
                .put("tenant", tenant)
                .put("run_id", run)
                .put("request_id", request)
                .put("message", "Release " + run + "?");
        asked.remove("approvers");
        for (String approver : approvers) {
            asked.withArray("approvers").add(approver);
        }
        return record(Topics.APPROVAL_REQUESTS, run, asked);
    }

    public SourceRecord decision(String tenant, String run, String request, String by) {
        return record(
                Topics.APPROVAL_DECISIONS,
                run,
                example("approval.decided")
                        .put("tenant", tenant)
                        .put("run_id", run)
                        .put("request_id", request)
                        .put("by", by));
    }

    public SourceRecord conversation(String tenant, String id, long version, String state) {
        return record(
                Topics.CONVERSATION_UPDATES,
                RecordKey.of(tenant, id),
                example("conversation.view")
                        .put("tenant", tenant)
                        .put("conversation_id", id)
                        .put("version", version)
                        .put("state", state));
    }

    /** A workflow; {@code more} are further lines of YAML at its top. */
    public SourceRecord workflow(String tenant, String name, String version, String... more) {
        return workflowOf(
                tenant,
                name,
                version,
                "document:\n  dsl: '1.0.3'\n  namespace: default\n  name: " + name + "\n  version: '" + version
                        + "'\n  title: The workflow " + name + "\n" + String.join("\n", more)
                        + "\ndo:\n  - nothing:\n      set: {done: true}\n");
    }

    /** A workflow by its whole text. */
    public SourceRecord workflowOf(String tenant, String name, String version, String text) {
        WorkflowDefined defined = new WorkflowDefined(
                new Envelope(UUID.randomUUID(), "workflow.defined", START, tenant, null, null),
                name,
                version,
                WorkflowDefined.digestOf(text),
                text);
        return record(Topics.WORKFLOW_DEFINITIONS, defined.key(), defined.toJson(), List.of());
    }

    /** Something that happened in a run; of what a test does not say, nothing is said. */
    public SourceRecord step(
            String tenant, String run, long number, String change, String step, Consumer<ObjectNode> more) {
        ObjectNode event = example("workflow.event")
                .put("tenant", tenant)
                .put("run_id", run)
                .put("number", number)
                .put("change", change);
        event.remove(List.of("iteration", "waiting_for", "by", "detail", "error", "duration_ms", "cost_micros"));
        if (step == null) {
            event.remove(List.of("step", "kind", "attempt"));
        } else {
            event.put("step", step);
        }
        more.accept(event);
        return record(Topics.WORKFLOW_EVENTS, run, event);
    }

    public SourceRecord slo(String group, String topic, String verdict, String occurredAt) {
        return record(
                Topics.SLO_STATUS,
                group + "/" + topic,
                example("slo.status")
                        .put("group", group)
                        .put("topic", topic)
                        .put("verdict", verdict)
                        .put("occurred_at", occurredAt));
    }

    public SourceRecord agent(String name, String version) {
        return record(
                Topics.AGENT_REGISTRY,
                name,
                example("agent.registered").put("agent", name).put("version", version));
    }

    /** The dead letter of an event. */
    public SourceRecord letter(String topic, JsonNode event, ErrorCode code, String message, long sourceOffset) {
        SourceRecord source = new SourceRecord(
                topic, 0, sourceOffset, START.toEpochMilli(), new byte[] {'k'}, bytes(event), List.of());
        OutboundRecord letter = DeadLetters.of(source, code, message);
        return record(topic + Topics.DEAD_LETTER_SUFFIX, "k", letter.value(), letter.headers());
    }
}
