package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.USER;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.TaskQueries;
import io.millrace.gateway.model.TaskQuery;
import io.millrace.gateway.model.TaskSort;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.logic.recurrence.GivenRecurrence;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A person's tasks, tags and reminders. */
final class TaskRoutes {
    private static final String GROUP = "Tasks";
    private static final String CONTENT = "/$defs/content";
    private static final String ENVELOPE = "defs/envelope.v1.json";
    private static final Parameter<String> TASK = Parameter.path("task_id", "The task.");
    private static final Parameter<String> TEXT =
            Parameter.text("q", 200, "Words that are all in title or description, the last one as a beginning.");
    private static final Parameter<Set<String>> STATUS =
            Parameter.some("status", List.of("open", "completed", "skipped"), "Default: all.");
    private static final Parameter<Set<String>> PRIORITY =
            Parameter.some("priority", List.of("P1", "P2", "P3", "P4"), "Default: all.");
    private static final Parameter<List<String>> TAG =
            Parameter.texts("tag", 100, "A tag that it has; given several times, all of them.");
    private static final Parameter<Long> DUE_FROM = Parameter.moment("due_from", "Due then or later.");
    private static final Parameter<Long> DUE_BEFORE = Parameter.moment("due_before", "Due earlier than that.");
    private static final Parameter<List<TaskSort>> SORT = TaskSorting.PARAMETER;

    private final TaskQueries tasks;
    private final Events events;
    private final Waits waits;
    private final EventSchemas schemas;
    private final EventForms forms;

    TaskRoutes(TaskQueries tasks, Events events, Waits waits, EventSchemas schemas) {
        this.tasks = tasks;
        this.events = events;
        this.waits = waits;
        this.schemas = schemas;
        forms = new EventForms(schemas);
    }

    List<Route> all() {
        ObjectNode view = schemas.event("task.changed");
        return List.of(
                Route.get("/v1/tasks")
                        .named("listTasks", GROUP, "A person's tasks, searched, filtered and sorted.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER, TEXT, STATUS, PRIORITY, TAG, DUE_FROM, DUE_BEFORE, SORT)
                        .with(Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Tasks as task-updates has them.", Answers.pageOf(view))
                        .by(this::list),
                Route.post("/v1/tasks")
                        .named("createTask", GROUP, "Begin a task.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER)
                        .with(creation())
                        .answers(202, "The event is in the log.", Answers.accepted("task_id"))
                        .by(this::create),
                Route.get("/v1/tasks/{task_id}")
                        .named("getTask", GROUP, "A task.")
                        .forRoles(USER, OPERATOR)
                        .with(TASK, Scopes.USER, Waits.AFTER, Waits.NEWER_THAN, Waits.WAIT)
                        .answers(200, "The task as task-updates has it.", view)
                        .by(this::get),
                Route.patch("/v1/tasks/{task_id}")
                        .named("updateTask", GROUP, "Change fields of a task; null clears one.")
                        .forRoles(USER, OPERATOR)
                        .with(TASK, Scopes.USER)
                        .with(forms.of("task.updated.v1.json", CONTENT, "{\"priority\":\"P1\",\"description\":null}"))
                        .answers(202, "The event is in the log.", Answers.accepted("task_id"))
                        .by(call -> publish(call, TaskEventType.UPDATED, call.form())),
                command("complete", "completeTask", "Complete a task.", TaskEventType.COMPLETED),
                command("reopen", "reopenTask", "Open a completed task again.", TaskEventType.REOPENED),
                Route.post("/v1/tasks/{task_id}/snooze")
                        .named("snoozeTask", GROUP, "Put a task's reminders off.")
                        .forRoles(USER, OPERATOR)
                        .with(TASK, Scopes.USER)
                        .with(forms.of("reminder.snoozed.v1.json", CONTENT, "{\"snooze_minutes\":15}"))
                        .answers(202, "The event is in the log.", Answers.accepted("task_id"))
                        .by(call -> publish(call, TaskEventType.SNOOZED, call.form())),
                Route.delete("/v1/tasks/{task_id}")
                        .named("deleteTask", GROUP, "Delete a task.")
                        .forRoles(USER, OPERATOR)
                        .with(TASK, Scopes.USER)
                        .answers(202, "The event is in the log.", Answers.accepted("task_id"))
                        .by(call -> publish(call, TaskEventType.DELETED, Json.object())),
                Route.get("/v1/tags")
                        .named("listTags", GROUP, "A person's tags, the most used first.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER, Waits.AFTER, Waits.WAIT)
                        .answers(
                                200,
                                "Tags, and how many tasks have them.",
                                Answers.pageOf(Answers.object("tag", "string", "open", "integer", "all", "integer")))
                        .by(this::tags),
                Route.get("/v1/reminders")
                        .named("listReminders", GROUP, "A person's latest reminders, at most 200.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER, Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Reminders that were sent.", Answers.pageOf(schemas.event("reminder.due")))
                        .by(this::reminders));
    }

    private Form creation() {
        Form content = forms.of(
                "task.created.v1.json",
                CONTENT,
                "{\"title\":\"Pay the rent\",\"priority\":\"P1\",\"tags\":[\"home\"],\"due_at\":\"2026-12-01T09:00:00\","
                        + "\"time_zone\":\"Europe/Paris\"}",
                "series_id",
                "recurrence_id");
        return EventForms.with(content, "task_id", schemas.reference(ENVELOPE, "/$defs/task_id"));
    }

    private Route command(String verb, String id, String summary, TaskEventType type) {
        return Route.post("/v1/tasks/{task_id}/" + verb)
                .named(id, GROUP, summary)
                .forRoles(USER, OPERATOR)
                .with(TASK, Scopes.USER)
                .answers(202, "The event is in the log.", Answers.accepted("task_id"))
                .by(call -> publish(call, type, Json.object()));
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        waits.after(call, scope);
        return Answers.of(tasks.list(
                scope,
                new TaskQuery(
                        call.get(TEXT),
                        call.get(STATUS),
                        call.get(PRIORITY).stream()
                                .map(priority -> priority.charAt(1) - '0')
                                .collect(Collectors.toSet()),
                        call.get(TAG),
                        call.get(DUE_FROM),
                        call.get(DUE_BEFORE),
                        call.get(SORT),
                        Answers.page(call))));
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        String id = call.get(TASK);
        waits.after(call, scope);
        waits.newer(call, () -> tasks.version(scope, id));
        return Answers.found(tasks.find(scope, id), "task");
    }

    private Reply create(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        ObjectNode fields = call.form();
        String given = call.text("task_id");
        fields.remove("task_id");
        Events.Draft draft = events.empty(
                call, TaskEventType.CREATED.wireName(), scope.tenant(), scope.user(), given == null ? "" : given);
        return publish(call, draft, scope, given == null ? "t-" + draft.eventId() : given, fields);
    }

    private Reply publish(Call call, TaskEventType type, ObjectNode fields) throws ProblemException {
        Scope scope = Scopes.person(call);
        Events.Draft draft = events.empty(call, type.wireName(), scope.tenant(), scope.user(), call.get(TASK));
        return publish(call, draft, scope, call.get(TASK), fields);
    }

    private Reply publish(Call call, Events.Draft draft, Scope scope, String taskId, ObjectNode fields)
            throws ProblemException {
        draft.with("user_id", scope.user()).with("task_id", taskId).fields().setAll(fields);
        return events.publish(
                call,
                draft,
                Topics.TASK_EVENTS,
                scope.user(),
                record -> GivenRecurrence.require(TaskEventReader.read(record)),
                Json.object().put("task_id", taskId));
    }

    private Reply tags(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        waits.after(call, scope);
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        tasks.tags(scope).forEach(tag -> items.addObject()
                .put("tag", tag.tag())
                .put("open", tag.open())
                .put("all", tag.all()));
        return Reply.json(200, body);
    }

    private Reply reminders(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        waits.after(call, scope);
        return Answers.of(tasks.reminders(scope, Answers.page(call)));
    }
}
