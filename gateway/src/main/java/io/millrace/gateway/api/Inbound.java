package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.ProblemException;
import io.millrace.logic.recurrence.GivenRecurrence;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events that come whole from elsewhere: where each goes, and who may send it. Decisions of people and what a desk does are
 * none of them: who did it has to be known.
 *
 * @param key the field by which its records are keyed
 * @param roles of which a caller must have one
 * @param own fields that are the jobs' to give
 */
record Inbound(String type, String topic, String key, Events.Check check, Set<Role> roles, Set<String> own) {
    private static final String USER_ID = "user_id";
    private static final String TASK_ID = "task_id";
    private static final String RUN_ID = "run_id";
    private static final String CONVERSATION_ID = "conversation_id";
    private static final Map<String, Inbound> ALL = all();

    private static Map<String, Inbound> all() {
        Map<String, Inbound> all = new HashMap<>();
        for (TaskEventType type : TaskEventType.values()) {
            add(
                    all,
                    new Inbound(
                            type.wireName(),
                            Topics.TASK_EVENTS,
                            USER_ID,
                            record -> GivenRecurrence.require(TaskEventReader.read(record)),
                            Set.of(USER, OPERATOR),
                            Set.of("series_id", "recurrence_id")));
        }
        for (String type : List.of("workflow.start", "workflow.control", "workflow.signal")) {
            add(
                    all,
                    new Inbound(
                            type,
                            Topics.WORKFLOW_COMMANDS,
                            RUN_ID,
                            WorkflowCommand::read,
                            Set.of(OPERATOR),
                            Set.of("parent")));
        }
        for (String type : List.of("message.received", "customer.identified", "conversation.rated")) {
            add(
                    all,
                    new Inbound(
                            type,
                            Topics.CONVERSATION_EVENTS,
                            CONVERSATION_ID,
                            ConversationEvent::read,
                            Set.of(OPERATOR),
                            Set.of()));
        }
        return Map.copyOf(all);
    }

    private static void add(Map<String, Inbound> all, Inbound one) {
        all.put(one.type(), one);
    }

    static Set<String> types() {
        return ALL.keySet();
    }

    /** @throws ProblemException when events of that type do not come so */
    static Inbound of(String type) throws ProblemException {
        Inbound inbound = ALL.get(type);
        if (inbound == null) {
            throw ProblemException.ofField(
                    "type",
                    "unknown_type",
                    "must be one of "
                            + String.join(", ", ALL.keySet().stream().sorted().toList()));
        }
        return inbound;
    }

    /**
     * Makes the record.
     *
     * @param draft of this type
     * @param by who sends it
     * @throws ProblemException when the job would refuse it
     */
    AddressedRecord make(EventMaker maker, Events.Draft draft, String by, EventMaker.Origin origin)
            throws ProblemException {
        ObjectNode fields = draft.fields();
        for (String field : own) {
            if (fields.has(field)) {
                throw ProblemException.ofField(field, "unknown_field", "is not to be given");
            }
        }
        give(draft, by);
        return maker.make(draft, topic, fields.path(key).asText(), check, origin);
    }

    /** Ids that are not given follow from that of the event, so that they are the same when it comes again. */
    private void give(Events.Draft draft, String by) {
        ObjectNode fields = draft.fields();
        if (type.equals(TaskEventType.CREATED.wireName()) && !fields.has(TASK_ID)) {
            fields.put(TASK_ID, "t-" + draft.eventId());
        }
        if (type.equals("workflow.start") && !fields.has(RUN_ID)) {
            fields.put(RUN_ID, fields.path("workflow").asText() + "-" + draft.eventId());
        }
        if (type.equals("workflow.control")) {
            fields.put("by", by);
        }
    }

    /** Whether a record of it is of that person. */
    boolean isOf(Events.Draft draft, String user) {
        return !key.equals(USER_ID) || draft.fields().path(USER_ID).asText().equals(user);
    }
}
