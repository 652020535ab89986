package io.millrace.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.logic.recurrence.GivenRecurrence;
import io.millrace.logic.rollout.Plan;
import io.millrace.logic.slo.ScopedObjective;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks one line that is to be published, by the rules of its topic, and finds its key. */
final class LineReader {

    private static final String AGENT = "agent";
    private static final String DOCUMENT = "document_id";
    private static final String USER = "user_id";
    private static final ObjectReader JSON = new ObjectMapper().reader();

    private final String topic;
    private final String keyField;

    /** @param keyField name of the field whose value is the record's key; null for the one that the topic has */
    LineReader(String topic, String keyField) {
        this.topic = topic;
        this.keyField = keyField;
    }

    /**
     * @return the key of the record
     * @throws RejectedEventException when a job would refuse the line, with the reason it would give
     */
    byte[] keyOf(byte[] line) throws RejectedEventException {
        String ofTopic =
                switch (topic) {
                    case Topics.TASK_EVENTS ->
                        GivenRecurrence.require(TaskEventReader.read(record(line, null)))
                                .userId();
                    case Topics.AGENT_CALLS ->
                        AgentCallReader.read(record(line, null)).callKey();
                    case Topics.AGENT_REGISTRY -> registryKey(line);
                    case Topics.SLO_DEFINITIONS -> objectiveName(line);
                    case Topics.WORKFLOW_DEFINITIONS ->
                        WorkflowDefined.read(record(line, null)).key();
                    case Topics.WORKFLOW_COMMANDS ->
                        WorkflowCommand.read(record(line, null)).runId();
                    case Topics.APPROVAL_DECISIONS ->
                        ApprovalDecided.read(record(line, null)).runId();
                    case Topics.CONVERSATION_EVENTS -> conversationKey(line);
                    case Topics.NOTIFICATION_PREFERENCES -> preferencesKey(line);
                    case Topics.KNOWLEDGE_DOCUMENTS -> documentKey(line);
                    case Topics.ROLLOUT_DEFINITIONS ->
                        Plan.read(record(line, fieldOf(line, "name"))).name();
                    case Topics.ROLLOUT_COMMANDS ->
                        RolloutCommand.read(record(line, null)).rollout();
                    case Topics.HEALTH_SIGNALS ->
                        HealthSignal.read(record(line, null)).flag();
                    default -> null;
                };
        String key = keyField != null ? fieldOf(line, keyField) : ofTopic != null ? ofTopic : fieldOf(line, USER);
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The registry is compacted by its key, so the reader judges that too: the key is taken from the event first. */
    private String registryKey(byte[] line) throws RejectedEventException {
        String agent = fieldOf(line, AGENT);
        JsonNode whole = parse(line);
        JsonNode event = whole.has(AGENT) ? whole : whole.path("data");
        String type = event.path("event_type").asText(whole.path("type").asText());
        boolean invalidates = type.equals(AgentRegistryEvent.Kind.CACHE_INVALIDATED.wireName());
        String key = invalidates
                ? agent + "/" + event.path("version").asText("") + "/"
                        + event.path("dependency").asText("")
                : agent;
        return AgentRegistryReader.read(record(line, key)).key();
    }

    private String conversationKey(byte[] line) throws RejectedEventException {
        ConversationEvent event = ConversationEvent.read(record(line, null));
        return event instanceof CustomerErased erased ? erased.customerId() : event.conversationId();
    }

    /** As with the registry: the reader judges the key too. */
    private String documentKey(byte[] line) throws RejectedEventException {
        return KnowledgeDocument.read(record(line, tenantKey(line, DOCUMENT))).key();
    }

    private String preferencesKey(byte[] line) throws RejectedEventException {
        return NotificationPreferences.read(record(line, tenantKey(line, USER))).key();
    }

    private String tenantKey(byte[] line, String field) throws RejectedEventException {
        JsonNode whole = parse(line);
        JsonNode event = whole.has(field) ? whole : whole.path("data");
        return RecordKey.of(event.path("tenant").asText(Envelope.DEFAULT_TENANT), fieldOf(line, field));
    }

    private String objectiveName(byte[] line) throws RejectedEventException {
        SloDefined objective = SloDefined.read(record(line, fieldOf(line, "name")));
        ScopedObjective.of(objective);
        return objective.name();
    }

    private SourceRecord record(byte[] line, String key) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(topic, 0, 0, 0, bytes, line, List.of());
    }

    private static JsonNode parse(byte[] line) throws RejectedEventException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, JsonProblems.inWords(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RejectedEventException(ErrorCode.NOT_UTF8, "the line is not UTF-8");
        }
        if (!node.isObject()) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, "the line is not a JSON object");
        }
        return node;
    }

    private static String fieldOf(byte[] line, String field) throws RejectedEventException {
        JsonNode node = parse(line);
        // A CloudEvent carries the event in its field data.
        JsonNode key = node.has(field) ? node.path(field) : node.path("data").path(field);
        if (!key.isValueNode() || key.isNull()) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, field + ": missing; it is the key of the record");
        }
        return key.asText();
    }
}
