package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Calls of functions: which there are, and what each is given. */
final class FunctionChecks {
    private static final Map<String, Set<String>> FUNCTIONS = Map.of(
            "agent", Set.of("agent", "input", "timeout"),
            "approval",
                    Set.of(
                            "message",
                            "choices",
                            "approvers",
                            "quorum",
                            "expires_after",
                            "on_expiry",
                            "escalate_after",
                            "escalate_to"));
    private static final Map<String, String> REQUIRED = Map.of("agent", "agent", "approval", "message");

    private FunctionChecks() {}

    static void check(
            Problems problems, String pointer, JsonNode task, ExpressionChecks expressions, Set<String> variables) {
        String function = task.path("call").asText();
        Set<String> members = FUNCTIONS.get(function);
        if (members == null) {
            problems.add(pointer + "/call", "there is no function \"" + function + "\"; there are agent and approval");
            return;
        }
        JsonNode with = task.path("with");
        String required = REQUIRED.get(function);
        if (!with.has(required)) {
            String at = with.isMissingNode() ? pointer : pointer + "/with";
            problems.add(at, (with.isMissingNode() ? "with." : "") + required + " is missing");
        }
        for (Map.Entry<String, JsonNode> member : with.properties()) {
            if (!members.contains(member.getKey())) {
                problems.add(
                        pointer + "/with/" + SchemaProblems.escaped(member.getKey()),
                        "a call of " + function + " has no " + member.getKey() + "; it may have "
                                + String.join(", ", new TreeSet<>(members)));
            }
        }
        expressions.value(pointer + "/with", with, variables);
    }
}
