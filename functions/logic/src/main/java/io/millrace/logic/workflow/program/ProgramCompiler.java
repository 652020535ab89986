package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.logic.agent.schema.JsonSchemaCheck;
import io.millrace.logic.agent.schema.SchemaCheck;
import io.millrace.schema.wire.RejectedEventException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes a program of a document. It refuses what can't be run, and what is not supported by name; {@code text} looks
 * for more, and says where in the text it stands.
 */
public final class ProgramCompiler {
    /** How many steps may stand in each other. */
    public static final int MAX_DEPTH = 32;

    /** How many steps a definition may have. */
    public static final int MAX_STEPS = 2_000;

    /** Of the pointer of a step, which events tell. */
    private static final int MAX_POINTER = 1_000;

    /** What expressions may use everywhere. */
    static final Set<String> VARIABLES = Set.of("context", "input", "output", "task", "workflow", "runtime");

    private static final Set<String> DOCUMENT =
            Set.of("document", "input", "use", "do", "timeout", "output", "evaluate");
    private static final Set<String> USE = Set.of("errors", "retries", "timeouts");

    private final Values values;
    private final JsonNode document;
    private final Map<String, Step> steps = new HashMap<>();
    private final SortedSet<String> agents = new TreeSet<>();

    private ProgramCompiler(JsonNode document, Formulas formulas) {
        this.document = document;
        this.values = new Values(document.path("use"), formulas);
    }

    /** @throws InvalidDefinitionException of the first thing that can't be run */
    public static Program compile(JsonNode document, Formulas formulas) throws InvalidDefinitionException {
        return new ProgramCompiler(document, formulas).program();
    }

    private Program program() throws InvalidDefinitionException {
        Values.requireOnly("", document, DOCUMENT, "a workflow");
        Values.requireOnly("/use", document.path("use"), USE, "use");
        Values.requireOnly("/evaluate", document.path("evaluate"), Set.of("language", "mode"), "evaluate");
        if (!document.at("/evaluate/mode").asText("strict").equals("strict")) {
            throw new InvalidDefinitionException("/evaluate/mode", "expressions stand in ${}: the mode is strict");
        }
        if (!document.at("/evaluate/language").asText("jq").equals("jq")) {
            throw new InvalidDefinitionException("/evaluate/language", "expressions are written in jq, nothing else");
        }
        Scopes scope = new Scopes(VARIABLES, 0);
        StepHead head = new StepHead(
                "",
                document.at("/document/name").asText(),
                document,
                null,
                rule("/input", document.get("input"), "from", scope),
                rule("/output", document.get("output"), "as", scope),
                DataRule.NONE,
                timeout("", document.get("timeout"), scope),
                null);
        Step.Do root = new Step.Do(head, list("/do", document.get("do"), scope));
        steps.put("", root);
        return new Program(
                namespace(),
                document.at("/document/name").asText(),
                document.at("/document/version").asText(),
                document,
                root,
                Map.copyOf(steps),
                agents);
    }

    private String namespace() {
        return document.at("/document/namespace").asText("default");
    }

    /** Which variables there are, and how deep it is. */
    private record Scopes(Set<String> variables, int depth) {

        Scopes with(String... names) {
            Set<String> all = new TreeSet<>(variables);
            all.addAll(List.of(names));
            return new Scopes(all, depth);
        }

        Scopes inside(String pointer) throws InvalidDefinitionException {
            if (depth == MAX_DEPTH) {
                throw new InvalidDefinitionException(
                        pointer, "more than " + MAX_DEPTH + " steps stand in each other; use a workflow of its own");
            }
            return new Scopes(variables, depth + 1);
        }
    }

    private TaskList list(String pointer, JsonNode list, Scopes scope) throws InvalidDefinitionException {
        if (list == null || !list.isArray()) {
            throw new InvalidDefinitionException(pointer, "a list of steps is missing");
        }
        Scopes inside = scope.inside(pointer);
        List<Step> all = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = nameOf(pointer + "/" + i, list.get(i));
            if (!names.add(name)) {
                throw new InvalidDefinitionException(pointer + "/" + i, "there is a step \"" + name + "\" already");
            }
            all.add(step(child(pointer + "/" + i, name), name, list.get(i).get(name), inside));
        }
        TaskList compiled = new TaskList(pointer, List.copyOf(all));
        for (Step step : all) {
            requireTarget(compiled, step.head().pointer() + "/then", step.head().then());
            if (step instanceof Step.Switch choice) {
                for (Step.Case each : choice.cases()) {
                    requireTarget(compiled, step.head().pointer() + "/switch", each.then());
                }
            }
            if (step instanceof Step.Try attempt) {
                requireTarget(
                        compiled,
                        step.head().pointer() + "/catch/then",
                        attempt.handler().then());
            }
        }
        return compiled;
    }

    private static void requireTarget(TaskList list, String pointer, String then) throws InvalidDefinitionException {
        if (then != null && !Flow.isDirective(then) && list.indexOf(then) < 0) {
            throw new InvalidDefinitionException(pointer, "there is no step \"" + then + "\" beside it");
        }
    }

    private static String nameOf(String pointer, JsonNode entry) throws InvalidDefinitionException {
        if (!entry.isObject() || entry.size() != 1) {
            throw new InvalidDefinitionException(pointer, "must be one step: a name and what it does");
        }
        return entry.fieldNames().next();
    }

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private Step step(String pointer, String name, JsonNode task, Scopes scope) throws InvalidDefinitionException {
        if (!task.isObject()) {
            throw new InvalidDefinitionException(pointer, "must be an object that says what the step does");
        }
        if (pointer.length() > MAX_POINTER) {
            throw new InvalidDefinitionException(
                    pointer,
                    "the names on the way to it have more than " + MAX_POINTER + " characters; use shorter ones");
        }
        if (steps.size() >= MAX_STEPS) {
            throw new InvalidDefinitionException(pointer, "more than " + MAX_STEPS + " steps");
        }
        StepKind kind = StepKind.of(pointer, task);
        StepHead head = new StepHead(
                pointer,
                name,
                task,
                values.condition(pointer + "/if", task.get("if"), scope.variables()),
                rule(pointer + "/input", task.get("input"), "from", scope),
                rule(pointer + "/output", task.get("output"), "as", scope),
                rule(pointer + "/export", task.get("export"), "as", scope),
                timeout(pointer, task.get("timeout"), scope),
                values.text(pointer + "/then", task.get("then")));
        Step step =
                switch (kind) {
                    case DO -> new Step.Do(head, list(pointer + "/do", task.get("do"), scope));
                    case SET ->
                        new Step.Set(head, values.template(pointer + "/set", task.get("set"), scope.variables()));
                    case SWITCH -> choice(head, task.get("switch"), scope);
                    case FOR -> loop(head, task, scope);
                    case FORK -> fork(head, task.get("fork"), scope);
                    case TRY -> attempt(head, task, scope);
                    case RAISE ->
                        new Step.Raise(
                                head,
                                values.error(pointer + "/raise/error", task.at("/raise/error"), scope.variables()));
                    case WAIT ->
                        new Step.Wait(head, values.period(pointer + "/wait", task.get("wait"), scope.variables()));
                    case EMIT ->
                        new Step.Emit(
                                head,
                                values.template(
                                        pointer + "/emit/event/with", task.at("/emit/event/with"), scope.variables()));
                    case LISTEN -> Calls.listen(head, task.get("listen"));
                    case RUN -> Calls.run(values, head, task.get("run"), namespace(), scope.variables());
                    case CALL -> call(head, task, scope);
                };
        steps.put(pointer, step);
        return step;
    }

    private Step call(StepHead head, JsonNode task, Scopes scope) throws InvalidDefinitionException {
        Step step = Calls.call(values, head, task, scope.variables());
        if (step instanceof Step.Agent agent) {
            agents.add(agent.agent());
        }
        return step;
    }

    private Step choice(StepHead head, JsonNode cases, Scopes scope) throws InvalidDefinitionException {
        String pointer = head.pointer() + "/switch";
        if (!cases.isArray() || cases.isEmpty()) {
            throw new InvalidDefinitionException(pointer, "must be a list of cases");
        }
        List<Step.Case> all = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String name = nameOf(pointer + "/" + i, cases.get(i));
            String at = child(pointer + "/" + i, name);
            JsonNode one = cases.get(i).get(name);
            Values.requireOnly(at, one, Set.of("when", "then"), "a case");
            all.add(new Step.Case(
                    values.condition(at + "/when", one.get("when"), scope.variables()),
                    values.text(at + "/then", one.get("then"))));
        }
        return new Step.Switch(head, List.copyOf(all));
    }

    private Step loop(StepHead head, JsonNode task, Scopes scope) throws InvalidDefinitionException {
        JsonNode settings = task.get("for");
        String pointer = head.pointer() + "/for";
        Values.requireOnly(pointer, settings, Set.of("each", "in", "at"), "for");
        if (!settings.hasNonNull("in")) {
            throw new InvalidDefinitionException(pointer, "in is missing: what to go through");
        }
        String each = settings.path("each").asText("item");
        String at = settings.path("at").asText("index");
        Scopes body = scope.with(each, at);
        JsonNode in = settings.get("in");
        return new Step.For(
                head,
                each,
                at,
                in.isTextual()
                        ? new Template.Computed(values.condition(pointer + "/in", in, scope.variables()))
                        : values.template(pointer + "/in", in, scope.variables()),
                values.condition(head.pointer() + "/while", task.get("while"), body.variables()),
                list(head.pointer() + "/do", task.get("do"), body));
    }

    private Step fork(StepHead head, JsonNode fork, Scopes scope) throws InvalidDefinitionException {
        String pointer = head.pointer() + "/fork";
        Values.requireOnly(pointer, fork, Set.of("branches", "compete"), "fork");
        TaskList branches = list(pointer + "/branches", fork.get("branches"), scope);
        boolean compete = fork.path("compete").asBoolean(false);
        List<Step.Branch> all = new ArrayList<>();
        for (Step step : branches.steps()) {
            String then = step.head().then();
            if (then != null && !Flow.isDirective(then)) {
                throw new InvalidDefinitionException(
                        step.head().pointer() + "/then", "a branch can't go on at another branch; use metadata.needs");
            }
            all.add(new Step.Branch(step, Needs.of(branches, step)));
        }
        Needs.requireNoCycle(branches, all);
        if (compete && all.stream().anyMatch(branch -> !branch.needs().isEmpty())) {
            throw new InvalidDefinitionException(pointer, "branches that compete can't need each other");
        }
        return new Step.Fork(head, List.copyOf(all), compete);
    }

    private Step attempt(StepHead head, JsonNode task, Scopes scope) throws InvalidDefinitionException {
        String pointer = head.pointer() + "/catch";
        JsonNode settings = task.get("catch");
        if (settings == null || !settings.isObject()) {
            throw new InvalidDefinitionException(head.pointer(), "catch is missing: what is done about errors");
        }
        Values.requireOnly(
                pointer, settings, Set.of("errors", "as", "when", "exceptWhen", "retry", "do", "then"), "catch");
        Values.requireOnly(pointer + "/errors", settings.path("errors"), Set.of("with"), "errors");
        String as = settings.path("as").asText("error");
        Scopes caught = scope.with(as);
        JsonNode filter = settings.at("/errors/with");
        return new Step.Try(
                head,
                list(head.pointer() + "/try", task.get("try"), scope),
                new Catch(
                        filter.isObject() ? filter : JsonNodeFactory.instance.objectNode(),
                        as,
                        values.condition(pointer + "/when", settings.get("when"), caught.variables()),
                        values.condition(pointer + "/exceptWhen", settings.get("exceptWhen"), caught.variables()),
                        values.retry(pointer + "/retry", settings.get("retry"), caught.variables()),
                        settings.has("do") ? list(pointer + "/do", settings.get("do"), caught) : null,
                        values.text(pointer + "/then", settings.get("then"))));
    }

    private DataRule rule(String pointer, JsonNode rule, String member, Scopes scope)
            throws InvalidDefinitionException {
        if (rule == null || rule.isNull()) {
            return DataRule.NONE;
        }
        Values.requireOnly(pointer, rule, Set.of("schema", member), "it");
        Template value =
                rule.has(member) ? values.template(pointer + "/" + member, rule.get(member), scope.variables()) : null;
        return new DataRule(schema(pointer + "/schema", rule.get("schema")), value);
    }

    private static SchemaCheck schema(String pointer, JsonNode schema) throws InvalidDefinitionException {
        if (schema == null || schema.isNull()) {
            return SchemaCheck.ANY;
        }
        Values.requireOnly(pointer, schema, Set.of("format", "document"), "a schema");
        String format = schema.path("format").asText("json");
        if (!format.equals("json") && !format.startsWith("json:")) {
            throw new InvalidDefinitionException(pointer + "/format", "schemas are JSON Schemas: format must be json");
        }
        if (!schema.path("document").isObject()) {
            throw new InvalidDefinitionException(pointer, "document is missing: the JSON Schema");
        }
        try {
            return JsonSchemaCheck.of("schema", schema.get("document").toString());
        } catch (RejectedEventException e) {
            throw new InvalidDefinitionException(pointer + "/document", e.getMessage());
        }
    }

    private Period timeout(String pointer, JsonNode timeout, Scopes scope) throws InvalidDefinitionException {
        if (timeout == null || timeout.isNull()) {
            return null;
        }
        JsonNode found = timeout.isTextual() ? document.at("/use/timeouts").get(timeout.textValue()) : timeout;
        if (found == null || !found.hasNonNull("after")) {
            throw new InvalidDefinitionException(
                    pointer + "/timeout", "must be an object with after, or the name of one of use.timeouts");
        }
        return values.period(pointer + "/timeout/after", found.get("after"), scope.variables());
    }
}
