package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.ProgramCompiler;
import io.millrace.logic.workflow.program.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goes through the steps of a document, each by the schema of its kind, and through what a schema can't say. Whatever it
 * does not look for, the compiler of programs does, which stops at the first.
 */
final class StepChecks {
    private static final Set<String> OTHER_CALLS = Set.of("http", "grpc", "openapi", "asyncapi", "a2a", "mcp");
    private static final List<String> OTHER_RUNS = List.of("container", "script", "shell");
    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

    private final Problems problems;
    private final JsonNode document;
    private final ExpressionChecks expressions;

    StepChecks(Problems problems, JsonNode document, ExpressionChecks expressions) {
        this.problems = problems;
        this.document = document;
        this.expressions = expressions;
    }

    void check() {
        Set<String> variables = ExpressionChecks.EVERYWHERE;
        expressions.value("/input/from", document.at("/input/from"), variables);
        list("/do", document.path("do"), variables, 0);
        expressions.value("/output/as", document.at("/output/as"), variables);
    }

    private void list(String pointer, JsonNode list, Set<String> variables, int depth) {
        if (!list.isArray()) {
            return;
        }
        if (depth == ProgramCompiler.MAX_DEPTH) {
            problems.add(
                    pointer,
                    "more than " + ProgramCompiler.MAX_DEPTH + " steps stand in each other; use a workflow of its own");
            return;
        }
        Map<String, String> names = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            if (!entry.isObject() || entry.size() != 1) {
                problems.add(pointer + "/" + i, "must be one step: a name and what it does");
                continue;
            }
            Map.Entry<String, JsonNode> named = entry.properties().iterator().next();
            String at = pointer + "/" + i + "/" + SchemaProblems.escaped(named.getKey());
            if (names.putIfAbsent(named.getKey(), at) != null) {
                problems.add(at, "there is a step \"" + named.getKey() + "\" in this list already");
            }
            steps.add(new Step(at, named.getValue()));
        }
        for (Step step : steps) {
            step(step.pointer, step.task, variables, depth);
            targets(step, names.keySet());
        }
    }

    private record Step(String pointer, JsonNode task) {}

    private void step(String pointer, JsonNode task, Set<String> variables, int depth) {
        if (!task.isObject()) {
            problems.add(pointer, "must be an object that says what the step does");
            return;
        }
        StepKind kind = kind(task);
        if (kind == null) {
            problems.add(pointer, "says not what the step does: one of " + keywords());
            return;
        }
        if (!isSupported(pointer, kind, task)) {
            return;
        }
        for (SchemaProblems.Found found : SchemaProblems.of(DslSchema.get().problems(kind, task))) {
            problems.add(pointer + found.pointer(), found.message());
        }
        expressions.common(pointer, task, variables);
        inside(pointer, kind, task, variables, depth + 1);
    }

    private static StepKind kind(JsonNode task) {
        StepKind kind = null;
        for (StepKind each : StepKind.values()) {
            // A loop has a do as well.
            if (task.has(each.keyword()) && (kind == null || kind == StepKind.DO)) {
                kind = each;
            }
        }
        return kind;
    }

    private static String keywords() {
        List<String> keywords = new ArrayList<>();
        for (StepKind kind : StepKind.values()) {
            keywords.add(kind.keyword());
        }
        return String.join(", ", keywords);
    }

    /** What the language has and this platform has not is refused by its name. */
    private boolean isSupported(String pointer, StepKind kind, JsonNode task) {
        boolean supported = true;
        for (Map.Entry<String, JsonNode> member : task.properties()) {
            if (!kind.allows(member.getKey())) {
                problems.add(
                        pointer + "/" + SchemaProblems.escaped(member.getKey()),
                        member.getKey() + " is not supported in a step that has " + kind.keyword());
                supported = false;
            }
        }
        String call = task.path("call").asText();
        if (kind == StepKind.CALL && OTHER_CALLS.contains(call)) {
            problems.add(
                    pointer + "/call",
                    "call: " + call + " is not supported; make it an agent, and call that: call: agent");
            return false;
        }
        for (String run : OTHER_RUNS) {
            if (kind == StepKind.RUN && task.path("run").has(run)) {
                problems.add(pointer + "/run/" + run, "run: " + run + " is not supported; run: workflow is");
                return false;
            }
        }
        return supported;
    }

    private void inside(String pointer, StepKind kind, JsonNode task, Set<String> variables, int depth) {
        switch (kind) {
            case DO -> list(pointer + "/do", task.path("do"), variables, depth);
            case SET -> expressions.value(pointer + "/set", task.path("set"), variables);
            case SWITCH -> cases(pointer + "/switch", task.path("switch"), variables);
            case FOR -> loop(pointer, task, variables, depth);
            case FORK -> fork(pointer + "/fork", task.path("fork"), variables, depth);
            case TRY -> attempt(pointer, task, variables, depth);
            case RAISE -> raise(pointer + "/raise/error", task.at("/raise/error"), variables);
            case WAIT -> expressions.value(pointer + "/wait", task.path("wait"), variables);
            case EMIT -> expressions.value(pointer + "/emit/event/with", task.at("/emit/event/with"), variables);
            case RUN -> expressions.value(pointer + "/run/workflow/input", task.at("/run/workflow/input"), variables);
            case CALL -> FunctionChecks.check(problems, pointer, task, expressions, variables);
            case LISTEN -> {
                // The compiler knows which events a run can be told.
            }
        }
    }

    private void cases(String pointer, JsonNode cases, Set<String> variables) {
        boolean always = false;
        for (int i = 0; i < cases.size(); i++) {
            for (Map.Entry<String, JsonNode> named : cases.get(i).properties()) {
                String at = pointer + "/" + i + "/" + SchemaProblems.escaped(named.getKey());
                JsonNode when = named.getValue().path("when");
                if (always) {
                    problems.add(at, "is never reached: the case before it has no when");
                }
                always |= when.isMissingNode();
                expressions.condition(at + "/when", when, variables);
            }
        }
    }

    private void loop(String pointer, JsonNode task, Set<String> variables, int depth) {
        JsonNode loop = task.path("for");
        JsonNode in = loop.path("in");
        if (in.isTextual()) {
            expressions.condition(pointer + "/for/in", in, variables);
        } else {
            expressions.value(pointer + "/for/in", in, variables);
        }
        Set<String> inside = with(
                variables, loop.path("each").asText("item"), loop.path("at").asText("index"));
        expressions.condition(pointer + "/while", task.path("while"), inside);
        list(pointer + "/do", task.path("do"), inside, depth);
    }

    private static Set<String> with(Set<String> variables, String... more) {
        Set<String> all = new TreeSet<>(variables);
        all.addAll(List.of(more));
        return all;
    }

    private void fork(String pointer, JsonNode fork, Set<String> variables, int depth) {
        JsonNode branches = fork.path("branches");
        list(pointer + "/branches", branches, variables, depth);
        ForkChecks.check(problems, pointer, branches, fork.path("compete").asBoolean(false));
    }

    private void attempt(String pointer, JsonNode task, Set<String> variables, int depth) {
        list(pointer + "/try", task.path("try"), variables, depth);
        JsonNode handler = task.path("catch");
        String at = pointer + "/catch";
        Set<String> caught = with(variables, handler.path("as").asText("error"));
        expressions.condition(at + "/when", handler.path("when"), caught);
        expressions.condition(at + "/exceptWhen", handler.path("exceptWhen"), caught);
        JsonNode retry = handler.path("retry");
        if (retry.isTextual() && !document.at("/use/retries").has(retry.textValue())) {
            problems.add(at + "/retry", "there is no \"" + retry.textValue() + "\" in use.retries");
        }
        expressions.condition(at + "/retry/when", retry.path("when"), caught);
        expressions.condition(at + "/retry/exceptWhen", retry.path("exceptWhen"), caught);
        list(at + "/do", handler.path("do"), caught, depth);
    }

    private void raise(String pointer, JsonNode error, Set<String> variables) {
        if (error.isTextual() && !document.at("/use/errors").has(error.textValue())) {
            problems.add(pointer, "there is no \"" + error.textValue() + "\" in use.errors");
        } else if (!error.isTextual()) {
            expressions.value(pointer, error, variables);
        }
    }

    /** {@code then} leads to a step of the same list, or says how to go on. */
    private void targets(Step step, Set<String> names) {
        target(step.pointer + "/then", step.task.path("then"), names);
        target(step.pointer + "/catch/then", step.task.at("/catch/then"), names);
        JsonNode cases = step.task.path("switch");
        for (int i = 0; i < cases.size(); i++) {
            for (Map.Entry<String, JsonNode> named : cases.get(i).properties()) {
                String at = step.pointer + "/switch/" + i + "/" + SchemaProblems.escaped(named.getKey()) + "/then";
                target(at, named.getValue().path("then"), names);
            }
        }
        JsonNode timeout = step.task.path("timeout");
        if (timeout.isTextual() && !document.at("/use/timeouts").has(timeout.textValue())) {
            problems.add(step.pointer + "/timeout", "there is no \"" + timeout.textValue() + "\" in use.timeouts");
        }
    }

    private void target(String pointer, JsonNode then, Set<String> names) {
        if (then.isTextual() && !DIRECTIVES.contains(then.textValue()) && !names.contains(then.textValue())) {
            problems.add(
                    pointer,
                    "there is no step \"" + then.textValue() + "\" in this list; there are "
                            + String.join(", ", new TreeSet<>(names)) + ", and continue, exit, end");
        }
    }
}
