package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.DESK;
import static io.millrace.gateway.access.Role.OPERATOR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.ConversationQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Conversations with customers: how they are, and what people at a desk do in them. What was said is not here. */
final class ConversationRoutes {
    private static final String GROUP = "Conversations";
    private static final String ID = "conversation_id";
    private static final Parameter<String> CONVERSATION = Parameter.path(ID, "The conversation.");
    private static final Parameter<Set<String>> STATE = Parameter.some(
            "state", Arrays.stream(Phase.values()).map(EventType::wireName).toList(), "Default: all.");
    private static final Parameter<String> CUSTOMER = Parameter.text("customer_id", 200, "Of which customer.");
    private static final Parameter<String> ASSIGNED = Parameter.text("assigned_to", 200, "Who has it.");

    private final ConversationQueries conversations;
    private final Events events;
    private final Waits waits;
    private final EventSchemas schemas;
    private final EventForms forms;

    ConversationRoutes(ConversationQueries conversations, Events events, Waits waits, EventSchemas schemas) {
        this.conversations = conversations;
        this.events = events;
        this.waits = waits;
        this.schemas = schemas;
        forms = new EventForms(schemas);
    }

    List<Route> all() {
        ObjectNode view = schemas.event("conversation.view");
        return List.of(
                Route.get("/v1/conversations")
                        .named("listConversations", GROUP, "Conversations, those that began last first.")
                        .forRoles(DESK, OPERATOR)
                        .with(STATE, CUSTOMER, ASSIGNED, Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Conversations as conversation-updates has them.", Answers.pageOf(view))
                        .by(this::list),
                Route.get("/v1/conversations/{conversation_id}")
                        .named("getConversation", GROUP, "A conversation.")
                        .forRoles(DESK, OPERATOR)
                        .with(CONVERSATION, Waits.AFTER, Waits.NEWER_THAN, Waits.WAIT)
                        .answers(200, "The conversation as conversation-updates has it.", view)
                        .by(this::get),
                Route.post("/v1/conversations/{conversation_id}/assign")
                        .named("assignConversation", GROUP, "Take a conversation over, or give it to somebody.")
                        .forRoles(DESK, OPERATOR)
                        .with(CONVERSATION)
                        .with(form("conversation.assigned.v1.json", "{\"to\":\"agent-12\"}"))
                        .answers(202, "The event is in the log.", Answers.accepted(ID))
                        .by(this::assign),
                Route.post("/v1/conversations/{conversation_id}/reply")
                        .named("replyToConversation", GROUP, "Answer the customer.")
                        .forRoles(DESK, OPERATOR)
                        .with(CONVERSATION)
                        .with(form("message.sent.v1.json", "{\"text\":\"It left on Monday.\"}"))
                        .answers(202, "The event is in the log.", Answers.accepted(ID))
                        .by(this::reply),
                Route.post("/v1/conversations/{conversation_id}/release")
                        .named("releaseConversation", GROUP, "Hand a conversation back to agents.")
                        .forRoles(DESK, OPERATOR)
                        .with(CONVERSATION)
                        .answers(202, "The event is in the log.", Answers.accepted(ID))
                        .by(call -> publish(call, draft(call, "conversation.released"))),
                Route.post("/v1/conversations/{conversation_id}/close")
                        .named("closeConversation", GROUP, "Close a conversation.")
                        .forRoles(DESK, OPERATOR)
                        .with(CONVERSATION)
                        .with(form("conversation.closed.v1.json", "{\"reason\":\"solved\"}"))
                        .answers(202, "The event is in the log.", Answers.accepted(ID))
                        .by(this::close));
    }

    /** Nothing in it is required: the caller is who does it, unless it acts for somebody. */
    private Form form(String file, String example) {
        Form whole = forms.of(file, "", example, ID);
        return EventForms.of((ObjectNode) whole.schema().path("properties"), List.of(), example);
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        waits.after(call, scope);
        return Answers.of(conversations.list(
                scope,
                new ConversationQueries.Query(call.get(STATE), call.get(CUSTOMER), call.get(ASSIGNED)),
                Answers.page(call)));
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        String id = call.get(CONVERSATION);
        waits.after(call, scope);
        waits.newer(call, () -> conversations.version(scope, id));
        return Answers.found(conversations.find(scope, id), "conversation");
    }

    private Reply assign(Call call) throws ProblemException {
        String to = call.text("to");
        if (to == null) {
            to = Scopes.actor(call, "to", null);
        }
        return publish(call, draft(call, "conversation.assigned").with("to", to));
    }

    private Reply reply(Call call) throws ProblemException {
        Events.Draft draft = draft(call, "message.sent").with("by", Scopes.actor(call, "by", call.text("by")));
        JsonNode text = call.form().get("text");
        if (text != null) {
            draft.fields().set("text", text);
        }
        return publish(call, draft);
    }

    private Reply close(Call call) throws ProblemException {
        Events.Draft draft = draft(call, "conversation.closed");
        draft.fields().setAll(call.form());
        return publish(call, draft);
    }

    private Events.Draft draft(Call call, String type) throws ProblemException {
        Answers.found(conversations.find(Scopes.tenant(call), call.get(CONVERSATION)), "conversation");
        return events.empty(call, type, call.caller().tenant(), call.get(CONVERSATION));
    }

    private Reply publish(Call call, Events.Draft draft) throws ProblemException {
        String id = call.get(CONVERSATION);
        return events.publish(
                call,
                draft.with(ID, id),
                Topics.CONVERSATION_EVENTS,
                id,
                ConversationEvent::read,
                Json.object().put(ID, id));
    }
}
