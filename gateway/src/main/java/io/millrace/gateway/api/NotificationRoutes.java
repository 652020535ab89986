package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.NotificationQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.openapi.EventForms;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.Topics;
import java.util.List;

/** How people are told of things, and what came of it. */
final class NotificationRoutes {
    private static final String GROUP = "Notifications";
    private static final String PREFERENCES = "/v1/notification-preferences";
    private static final String USER_ID = "user_id";
    private static final String CHANNELS = "channels";

    private final NotificationQueries notifications;
    private final Events events;
    private final Waits waits;
    private final EventSchemas schemas;
    private final Form form;

    NotificationRoutes(NotificationQueries notifications, Events events, Waits waits, EventSchemas schemas) {
        this.notifications = notifications;
        this.events = events;
        this.waits = waits;
        this.schemas = schemas;
        form = new EventForms(schemas)
                .of(
                        NotificationPreferences.TYPE_NAME + ".v1.json",
                        "",
                        "{\"channels\":[{\"kind\":\"webhook\",\"address\":\"https://hooks.example.com/ann\",\"secret\":\"hooks\"}],"
                                + "\"time_zone\":\"Europe/Paris\",\"quiet_hours\":{\"from\":\"22:00\",\"to\":\"07:00\"}}",
                        USER_ID);
    }

    List<Route> all() {
        ObjectNode preferences = schemas.event(NotificationPreferences.TYPE_NAME);
        ObjectNode told = Json.object();
        told.putArray("anyOf").add(schemas.event("notification.delivered")).add(schemas.event("notification.failed"));
        return List.of(
                Route.get(PREFERENCES)
                        .named("getNotificationPreferences", GROUP, "How a person wants to be told of things.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER, Waits.AFTER, Waits.WAIT)
                        .answers(200, "The preferences.", preferences)
                        .by(this::get),
                Route.put(PREFERENCES)
                        .named("putNotificationPreferences", GROUP, "Say how a person wants to be told of things.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER)
                        .with(form)
                        .answers(202, "The event is in the log.", Answers.accepted(USER_ID))
                        .by(call -> publish(call, "set", call.form())),
                Route.delete(PREFERENCES)
                        .named("deleteNotificationPreferences", GROUP, "Have a person told of nothing.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER)
                        .answers(202, "The event is in the log.", Answers.accepted(USER_ID))
                        .by(call -> publish(call, "off", nowhere())),
                Route.get("/v1/notifications")
                        .named("listNotifications", GROUP, "The latest deliveries to a person, at most 200.")
                        .forRoles(USER, OPERATOR)
                        .with(Scopes.USER, Answers.LIMIT, Answers.CURSOR, Waits.AFTER, Waits.WAIT)
                        .answers(200, "Notifications that were delivered, or failed.", Answers.pageOf(told))
                        .by(this::list));
    }

    /** Preferences without channels: that there are none any more is as much an event as that there are. */
    private static ObjectNode nowhere() {
        ObjectNode fields = Json.object();
        fields.putArray(CHANNELS);
        return fields;
    }

    private Reply get(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        waits.after(call, scope);
        return Answers.found(notifications.preferences(scope), "preference");
    }

    private Reply list(Call call) throws ProblemException {
        Scope scope = Scopes.person(call);
        waits.after(call, scope);
        return Answers.of(notifications.deliveries(scope, Answers.page(call)));
    }

    private Reply publish(Call call, String what, ObjectNode fields) throws ProblemException {
        Scope scope = Scopes.person(call);
        Events.Draft draft = events.empty(call, NotificationPreferences.TYPE_NAME, scope.tenant(), scope.user(), what);
        draft.with(USER_ID, scope.user()).fields().setAll(fields);
        return events.publish(
                call,
                draft,
                Topics.NOTIFICATION_PREFERENCES,
                RecordKey.of(scope.tenant(), scope.user()),
                NotificationPreferences::read,
                Json.object().put(USER_ID, scope.user()));
    }
}
