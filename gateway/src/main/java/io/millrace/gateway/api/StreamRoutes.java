package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.APPROVER;
import static io.millrace.gateway.access.Role.DESK;
import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.USER;

import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Kind;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.stream.Streams;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What changes, as it happens. */
final class StreamRoutes {
    private static final Parameter<Set<String>> TOPICS = Parameter.some(
            "topics", Arrays.stream(Kind.values()).map(Kind::wireName).toList(), "Of what; at least one.");
    private static final Parameter<String> FROM = Parameter.text(
            "from", 60, "The id of the last event that came, as the header Last-Event-ID; default: from now on.");

    private final Streams streams;

    StreamRoutes(Streams streams) {
        this.streams = streams;
    }

    List<Route> all() {
        return List.of(Route.get("/v1/stream")
                .named(
                        "follow",
                        "Live",
                        "Follow what changes, as server-sent events: {id, view}, the view null when it is gone. After a reset"
                                + " event changes may be missing: ask for the lists again.")
                .forRoles(USER, APPROVER, DESK, OPERATOR)
                .with(TOPICS, Scopes.USER, FROM)
                .answersText("Events, named as the topic.", Reply.EVENTS)
                .by(this::follow));
    }

    private Reply follow(Call call) throws ProblemException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        call.get(TOPICS).forEach(name -> kinds.add(Kind.ofWireName(name)));
        if (kinds.isEmpty()) {
            throw ProblemException.ofField("topics", "missing_field", "missing; of what?");
        }
        for (Kind kind : kinds) {
            if (!call.caller().isAnyOf(rolesOf(kind))) {
                throw ProblemException.forbidden("the caller may not see " + kind.wireName());
            }
        }
        Scope scope = kinds.stream().anyMatch(Kind::isPersonal) ? Scopes.person(call) : Scopes.tenant(call);
        String last = call.header("Last-Event-ID");
        return streams.open(
                call.caller(), scope, Scopes.viewer(call.caller()), kinds, last == null ? call.get(FROM) : last);
    }

    private static Set<Role> rolesOf(Kind kind) {
        return switch (kind) {
            case TASKS, REMINDERS -> EnumSet.of(USER, OPERATOR);
            case RUNS -> EnumSet.of(OPERATOR);
            case APPROVALS -> EnumSet.of(USER, APPROVER, OPERATOR);
            case CONVERSATIONS -> EnumSet.of(DESK, OPERATOR);
        };
    }
}
