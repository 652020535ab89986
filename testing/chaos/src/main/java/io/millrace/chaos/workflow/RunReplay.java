package io.millrace.chaos.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.decision.Replay;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.testing.jobs.ReplayAudit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What follows from an inbox, decided about in plain Java: each record that has to be, by topic and event id. */
final class RunReplay {
    /** Ids have no control characters. */
    private static final char SEPARATOR = '\u001f';

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OF_A_CALL = List.of("agent", "call_key", "input", "reply_key", "reply_to");

    private final Map<Key, Told> told = new LinkedHashMap<>();

    /** @param eventId of a record on that topic */
    record Key(String topic, String eventId) {}

    /** @param at log time of what it was decided about, or the time of the timer; milliseconds since the epoch */
    record Told(String text, long at) {}

    private RunReplay() {}

    /**
     * @param inbox its records, each partition's in order
     * @param until wakes all runs up to then, milliseconds since the epoch
     */
    static Map<Key, Told> of(List<ConsumerRecord<byte[], byte[]>> inbox, Map<String, Program> programs, long until) {
        RunReplay all = new RunReplay();
        Replay<RunState, WorkflowInput, RunCommand> replay =
                new Replay<>(new RunDecider((tenant, digest) -> programs.get(digest), RunLimits.DEFAULT), all::take);
        inbox.stream()
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .forEach(record -> {
                    try {
                        WorkflowInput input = WorkflowInput.read(ReplayAudit.source(record));
                        replay.decide(input.envelope().tenant() + SEPARATOR + input.runId(), input, record.timestamp());
                    } catch (RejectedEventException e) {
                        // A dead letter, which is judged as such.
                        return;
                    }
                });
        replay.until(until);
        return all.told;
    }

    /** @param read the log time of the record that what was due before it was decided with */
    private void take(RunCommand command, long read) {
        if (command instanceof RunCommand.Call call) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("agent", call.agent())
                    .put("call_key", call.callKey())
                    .put("reply_key", call.runId())
                    .put("reply_to", Topics.WORKFLOW_INBOX);
            json.set("input", read(call.input().getBytes(StandardCharsets.UTF_8)));
            add(Topics.AGENT_CALLS, call.eventId().toString(), callText(json), call.at());
        } else if (command instanceof RunCommand.Ask ask) {
            add(Topics.APPROVAL_REQUESTS, ask.request().toJson());
        } else if (command instanceof RunCommand.StartRun start) {
            add(Topics.WORKFLOW_COMMANDS, start.start().toJson());
        } else if (command instanceof RunCommand.CancelRun cancel) {
            add(Topics.WORKFLOW_COMMANDS, cancel.control().toJson());
        } else if (command instanceof RunCommand.Emit emit) {
            add(Topics.WORKFLOW_EMITTED, emit.emitted().toJson());
        } else if (command instanceof RunCommand.Continue slice) {
            add(Topics.WORKFLOW_INBOX, slice.slice().toJson());
        } else if (command instanceof RunCommand.Return end) {
            add(Topics.WORKFLOW_INBOX, end.end().toJson());
        } else if (command instanceof RunCommand.Signal told) {
            add(Topics.HEALTH_SIGNALS, told.signal().toJson());
        } else if (command instanceof RunCommand.Tell tell) {
            add(Topics.WORKFLOW_EVENTS, tell.event().toJson());
        } else if (command instanceof RunCommand.Show show) {
            add(Topics.WORKFLOW_RUNS, show.view().toJson());
        }
    }

    private void add(String topic, byte[] value) {
        JsonNode json = read(value);
        long at = Instant.parse(json.path("occurred_at").asText()).toEpochMilli();
        add(topic, json.path("event_id").asText(), json.toString(), at);
    }

    private void add(String topic, String id, String text, long at) {
        told.putIfAbsent(new Key(topic, id), new Told(text, at));
    }

    /** A record of a topic, to be compared with what is expected. */
    static String text(String topic, JsonNode json) {
        return topic.equals(Topics.AGENT_CALLS) ? callText(json) : json.toString();
    }

    private static String callText(JsonNode json) {
        StringBuilder text = new StringBuilder();
        OF_A_CALL.forEach(
                field -> text.append(field).append('=').append(json.path(field)).append(' '));
        return text.toString();
    }

    static JsonNode read(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a record that is no JSON", e);
        }
    }
}
