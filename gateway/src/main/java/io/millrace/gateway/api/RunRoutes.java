package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.RunQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Runs of workflows. */
final class RunRoutes {
    private static final int MAX_BY = 200;
    private static final String GROUP = "Runs";
    private static final String RUN_ID = "run_id";
    private static final String CONTROL = "workflow.control.v1.json";
    private static final Parameter<String> RUN = Parameter.path(RUN_ID, "The run.");
    private static final Parameter<Set<String>> STATE = Parameter.some(
            "state", Arrays.stream(RunStatus.values()).map(EventType::wireName).toList(), "Default: all.");
    private static final Parameter<String> WORKFLOW = Parameter.text("workflow", 63, "Of which workflow.");
    private static final Parameter<String> ATTRIBUTE =
            Parameter.text("attribute", 401, "An attribute that it has: name=value.");

    private final RunQueries runs;
    private final Events events;
    private final Waits waits;
    private final EventSchemas schemas;
    private final EventForms forms;

    RunRoutes(RunQueries runs, Events events, Waits waits, EventSchemas schemas) {
        this.runs = runs;
        this.events = events;
        this.waits = waits;
        this.schemas = schemas;
        forms = new EventForms(schemas);
    }

    List<Route> all() {
        ObjectNode view = schemas.event("workflow.run");
        return List.of(
                Route.get("/v1/runs")
                        .named("listRuns", GROUP, "Runs, those that were started last first.")
                        .forRoles(OPERATOR)
                        .with(STATE, WORKFLOW, ATTRIBUTE, Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Runs as workflow-runs has them.", Answers.pageOf(view))
                        .by(this::list),
                Route.post("/v1/runs")
                        .named("startRun", GROUP, "Start a run. Under an id that is known it is the same run.")
                        .forRoles(OPERATOR)
                        .with(start())
                        .answers(202, "The event is in the log.", Answers.accepted(RUN_ID))
                        .by(this::start),
                Route.get("/v1/runs/{run_id}")
                        .named("getRun", GROUP, "A run.")
                        .forRoles(OPERATOR)
                        .with(RUN, Waits.AFTER, Waits.NEWER_THAN, Waits.WAIT)
                        .answers(200, "The run as workflow-runs has it; number is its version.", view)
                        .by(this::get),
                Route.post("/v1/runs/{run_id}/signal")
                        .named("signalRun", GROUP, "Tell a run something by a name.")
                        .forRoles(OPERATOR)
                        .with(RUN)
                        .with(forms.of(
                                "workflow.signal.v1.json",
                                "",
                                "{\"name\":\"payment-received\",\"data\":{\"amount\":12}}",
                                RUN_ID))
                        .answers(202, "The event is in the log.", Answers.accepted(RUN_ID))
                        .by(this::signal),
                control("cancel", "cancelRun", "Cancel a run.", Action.CANCEL),
                control("suspend", "suspendRun", "Suspend a run.", Action.SUSPEND),
                control("resume", "resumeRun", "Resume a suspended run.", Action.RESUME),
                Route.post("/v1/runs/{run_id}/retry")
                        .named(
                                "retryRun",
                                GROUP,
                                "Try the step again that a run failed at, with another input if given.")
                        .forRoles(OPERATOR)
                        .with(RUN)
                        .with(forms.of(CONTROL, "", "{\"reason\":\"the service is back\"}", RUN_ID, "action", "by"))
                        .answers(202, "The event is in the log.", Answers.accepted(RUN_ID))
                        .by(call -> control(call, Action.RETRY)));
    }

    private Form start() {
        Form form = forms.of(
                "workflow.start.v1.json",
                "",
                "{\"workflow\":\"invoice\",\"input\":{\"amount\":12},\"attributes\":{\"customer\":\"acme\"}}",
                RUN_ID,
                "parent");
        return EventForms.with(form, RUN_ID, schemas.reference("defs/workflow.v1.json", "/$defs/run_id"));
    }

    private Route control(String verb, String id, String summary, Action action) {
        return Route.post("/v1/runs/{run_id}/" + verb)
                .named(id, GROUP, summary)
                .forRoles(OPERATOR)
                .with(RUN)
                .with(forms.of(CONTROL, "", "{\"reason\":\"ordered twice\"}", RUN_ID, "action", "by", "input"))
                .answers(202, "The event is in the log.", Answers.accepted(RUN_ID))
                .by(call -> control(call, action));
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        waits.after(call, scope);
        String attribute = call.get(ATTRIBUTE);
        int equals = attribute == null ? -1 : attribute.indexOf('=');
        if (attribute != null && equals <= 0) {
            throw ProblemException.ofField("attribute", "invalid_value", "must be name=value");
        }
        RunQueries.Query query = new RunQueries.Query(
                call.get(STATE),
                call.get(WORKFLOW),
                attribute == null ? null : attribute.substring(0, equals),
                attribute == null ? null : attribute.substring(equals + 1));
        return Answers.of(runs.list(scope, query, Answers.page(call)));
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.tenant(call);
        String id = call.get(RUN);
        waits.after(call, scope);
        waits.newer(call, () -> runs.version(scope, id));
        return Answers.found(runs.find(scope, id), "run");
    }

    private Reply start(Call call) throws ProblemException {
        String given = call.text(RUN_ID);
        Events.Draft draft = events.draft(call, "workflow.start", call.caller().tenant(), given == null ? "" : given);
        String runId = given == null ? call.text("workflow") + "-" + draft.eventId() : given;
        return publish(call, draft, runId);
    }

    private Reply signal(Call call) throws ProblemException {
        requireRun(call);
        String tenant = call.caller().tenant();
        Events.Draft draft = events.draft(call, "workflow.signal", tenant, call.get(RUN), call.text("name"));
        return publish(call, draft, call.get(RUN));
    }

    private Reply control(Call call, Action action) throws ProblemException {
        requireRun(call);
        String tenant = call.caller().tenant();
        String verb = EventType.wireName(action);
        Events.Draft draft = events.draft(call, "workflow.control", tenant, call.get(RUN), verb)
                .with("action", verb)
                .with("by", by(call.caller()));
        return publish(call, draft, call.get(RUN));
    }

    /** A name of a key may be longer than the event lets it be. */
    private static String by(Caller caller) {
        String name = caller.user() == null ? caller.name() : caller.user();
        return name.length() <= MAX_BY ? name : name.substring(0, MAX_BY);
    }

    private void requireRun(Call call) throws ProblemException {
        Answers.found(runs.find(Scopes.tenant(call), call.get(RUN)), "run");
    }

    private Reply publish(Call call, Events.Draft draft, String runId) throws ProblemException {
        return events.publish(
                call,
                draft.with(RUN_ID, runId),
                Topics.WORKFLOW_COMMANDS,
                runId,
                WorkflowCommand::read,
                Json.object().put(RUN_ID, runId));
    }
}
