package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.APPROVER;
import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.ApprovalQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import java.util.List;

/** What runs ask people. Whether a decision counts, the run says. */
final class ApprovalRoutes {
    private static final String GROUP = "Approvals";
    private static final String REJECT = "reject";
    private static final Parameter<String> REQUEST = Parameter.path("request_id", "The request.");

    private final ApprovalQueries approvals;
    private final Events events;
    private final Waits waits;
    private final EventSchemas schemas;
    private final EventForms forms;

    ApprovalRoutes(ApprovalQueries approvals, Events events, Waits waits, EventSchemas schemas) {
        this.approvals = approvals;
        this.events = events;
        this.waits = waits;
        this.schemas = schemas;
        forms = new EventForms(schemas);
    }

    List<Route> all() {
        return List.of(
                Route.get("/v1/approvals")
                        .named("listApprovals", GROUP, "What waits for an approval, the longest first.")
                        .forRoles(USER, APPROVER, OPERATOR)
                        .with(Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Open requests that the caller may decide.", Answers.pageOf(view()))
                        .by(this::list),
                Route.get("/v1/approvals/{request_id}")
                        .named("getApproval", GROUP, "A request, and what was decided.")
                        .forRoles(USER, APPROVER, OPERATOR)
                        .with(REQUEST, Waits.AFTER, Waits.WAIT)
                        .answers(200, "The request.", view())
                        .by(this::get),
                Route.post("/v1/approvals/{request_id}/approve")
                        .named("approve", GROUP, "Approve, or choose another one of the choices.")
                        .forRoles(USER, APPROVER, OPERATOR)
                        .with(REQUEST)
                        .with(form("{\"comment\":\"tested on staging\"}", "run_id", "request_id"))
                        .answers(202, "The decision is in the log.", Answers.accepted("request_id", "run_id"))
                        .by(this::approve),
                Route.post("/v1/approvals/{request_id}/reject")
                        .named("reject", GROUP, "Reject.")
                        .forRoles(USER, APPROVER, OPERATOR)
                        .with(REQUEST)
                        .with(form("{\"comment\":\"not on a Friday\"}", "run_id", "request_id", "choice"))
                        .answers(202, "The decision is in the log.", Answers.accepted("request_id", "run_id"))
                        .by(this::reject));
    }

    private ObjectNode view() {
        ObjectNode view = Answers.object(
                "request_id", "string", "run_id", "string", "open", "boolean", "since", "string", "message", "string");
        ObjectNode fields = (ObjectNode) view.path("properties");
        fields.set("request", schemas.event("approval.requested"));
        fields.putObject("decisions").put("type", "array").set("items", schemas.event("approval.decided"));
        return view;
    }

    /** Nothing in it is required: the caller is who decides, unless it acts for somebody. */
    private Form form(String example, String... given) {
        Form whole = forms.of("approval.decided.v1.json", "", example, given);
        return EventForms.of((ObjectNode) whole.schema().path("properties"), List.of(), example);
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        waits.after(call, scope);
        return Answers.of(approvals.open(scope, Scopes.viewer(call.caller()), Answers.page(call)));
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        waits.after(call, scope);
        return Answers.found(approvals.find(scope, Scopes.viewer(call.caller()), call.get(REQUEST)), "request");
    }

    private Reply approve(Call call) throws ProblemException {
        ApprovalRequested request = request(call);
        String choice = call.text("choice");
        return decide(call, request, choice == null ? request.choices().get(0) : choice);
    }

    private Reply reject(Call call) throws ProblemException {
        return decide(call, request(call), REJECT);
    }

    private ApprovalRequested request(Call call) throws ProblemException {
        byte[] body = approvals.request(Scopes.tenant(call), Scopes.viewer(call.caller()), call.get(REQUEST));
        if (body == null) {
            throw ProblemException.notFound("there is no such request");
        }
        try {
            ApprovalRequested request =
                    ApprovalRequested.read(new SourceRecord(Topics.APPROVAL_REQUESTS, 0, 0, 0, null, body, List.of()));
            if (request.choices().isEmpty()) {
                throw ProblemException.of(409, "no_choices", "the request leaves nothing to choose");
            }
            return request;
        } catch (RejectedEventException e) {
            // The model writes it anew, and may write it longer than an event may be.
            throw ProblemException.of(
                    409, e.code().wireName(), "the request can't be read: " + e.messageWithoutPlace());
        }
    }

    private Reply decide(Call call, ApprovalRequested request, String choice) throws ProblemException {
        if (!request.choices().contains(choice)) {
            throw ProblemException.ofField(
                    "choice", "invalid_value", "must be one of " + String.join(", ", request.choices()));
        }
        String by = Scopes.actor(call, "by", call.text("by"));
        Events.Draft draft = events.draft(
                        call, "approval.decided", call.caller().tenant(), request.requestId(), by)
                .with("run_id", request.runId())
                .with("request_id", request.requestId())
                .with("choice", choice)
                .with("by", by);
        return events.publish(
                call,
                draft,
                Topics.APPROVAL_DECISIONS,
                request.runId(),
                ApprovalDecided::read,
                Json.object().put("request_id", request.requestId()).put("run_id", request.runId()));
    }
}
