package io.millrace.gateway.mcp;

import io.millrace.gateway.http.Method;
import io.millrace.gateway.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The routes that assistants are given, by their ids. One more is a line here. */
final class Exposed {
    private static final List<String> IDS = List.of(
            "whoAmI",
            "listTasks",
            "getTask",
            "createTask",
            "updateTask",
            "completeTask",
            "reopenTask",
            "snoozeTask",
            "deleteTask",
            "listTags",
            "listReminders",
            "listApprovals",
            "getApproval",
            "approve",
            "reject",
            "listWorkflows",
            "getWorkflow",
            "listRuns",
            "getRun",
            "startRun",
            "signalRun",
            "cancelRun",
            "suspendRun",
            "resumeRun",
            "retryRun",
            "listConversations",
            "getConversation",
            "listAgents",
            "getAgent",
            "listSlo",
            "listDeadLetters",
            "countDeadLetters",
            "getDeadLetter",
            "replayDeadLetter",
            "replayDeadLetters");
    /** Of those that change something: what adds, and takes nothing away that was there. */
    private static final Set<String> ADDING = Set.of("createTask", "reopenTask", "snoozeTask");

    private Exposed() {}

    /** @throws IllegalStateException when one is no route, or none that assistants can be given */
    static Map<String, Route> of(List<Route> routes) {
        Map<String, Route> all = routes.stream().collect(Collectors.toMap(Route::id, Function.identity()));
        Map<String, Route> exposed = new LinkedHashMap<>();
        for (String id : IDS) {
            Route route = all.get(id);
            if (route == null || route.isPublic() || route.answer().schema() == null || route.raw() != null) {
                throw new IllegalStateException(id + " can't be given to assistants");
            }
            exposed.put(id, route);
        }
        return exposed;
    }

    static boolean isReadOnly(Route route) {
        return route.method() == Method.GET;
    }

    /** Whether a client should ask the person first: a text that was read may be what wants it. */
    static boolean isDestructive(Route route) {
        return !isReadOnly(route) && !ADDING.contains(route.id());
    }
}
