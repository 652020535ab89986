package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.Formula;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.Scope;
import io.millrace.logic.workflow.program.Step;
import io.millrace.logic.workflow.program.TaskList;
import io.millrace.logic.workflow.program.Template;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a workflow comes to when each step is done at once and one after the other, as a reader would do it with a
 * pencil: by recursion, with variables in a map and errors as exceptions. Branches are done in turn, so that it says
 * nothing about those of which several fail or end the run.
 */
final class ReferenceInterpreter {
    /** What an agent says that fails, with the code {@code agent_failed}. */
    static final String REFUSAL = "no";

    /** What agents answer. */
    @FunctionalInterface
    interface Agents {
        /** @return null when it fails */
        JsonNode answer(String agent, JsonNode input);
    }

    /** An error of a step. */
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;
        final transient RunError error;

        Raised(RunError error) {
            this.error = error;
        }
    }

    /** The run ends. */
    private static final class End extends Exception {
        private static final long serialVersionUID = 1L;
        final transient JsonNode output;

        End(JsonNode output) {
            this.output = output;
        }
    }

    private final Program program;
    private final Agents agents;
    private final List<String> calls = new ArrayList<>();
    private JsonNode context;
    private boolean ambiguous;
    private boolean branchFailed;

    ReferenceInterpreter(Program program, Agents agents) {
        this.program = program;
        this.agents = agents;
    }

    JsonNode run(JsonNode input) throws Raised {
        context = input;
        try {
            return list(program.root().body(), input, Map.of());
        } catch (End e) {
            return e.output;
        }
    }

    /** Agents and their inputs, in order. */
    List<String> calls() {
        return calls;
    }

    /** Whether what comes out depends on which branch is faster. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Whether which calls are made depends on which branch is faster. */
    boolean hasFailedBranch() {
        return branchFailed;
    }

    private JsonNode list(TaskList list, JsonNode input, Map<String, JsonNode> variables) throws Raised, End {
        JsonNode data = input;
        int position = 0;
        while (position < list.size()) {
            Outcome outcome = step(list.steps().get(position), data, variables);
            data = outcome.output;
            String then = outcome.then;
            if ("end".equals(then)) {
                throw new End(data);
            }
            if ("exit".equals(then)) {
                return data;
            }
            position = then == null || then.equals("continue") ? position + 1 : list.indexOf(then);
        }
        return data;
    }

    /** What a step comes to, and where it goes on. */
    private record Outcome(JsonNode output, String then) {}

    private Outcome step(Step step, JsonNode raw, Map<String, JsonNode> variables) throws Raised, End {
        var head = step.head();
        try {
            if (head.condition() != null && !holds(head.condition(), raw, variables, raw)) {
                return new Outcome(raw, null);
            }
            JsonNode input = fill(head.input().value(), raw, variables, raw);
            Outcome done = perform(step, input, variables);
            JsonNode output = fill(head.output().value(), done.output, variables, input);
            if (head.export().value() != null) {
                context = fill(head.export().value(), output, variables, input);
            }
            return new Outcome(output, done.then != null ? done.then : head.then());
        } catch (FormulaException e) {
            throw new Raised(RunError.of(ErrorKind.EXPRESSION, e.getMessage()).at(head.pointer()));
        }
    }

    private Outcome perform(Step step, JsonNode input, Map<String, JsonNode> variables)
            throws FormulaException, Raised, End {
        if (step instanceof Step.Set set) {
            return new Outcome(fill(set.value(), input, variables, input), null);
        } else if (step instanceof Step.Do list) {
            return new Outcome(list(list.body(), input, variables), null);
        } else if (step instanceof Step.Switch choice) {
            for (Step.Case each : choice.cases()) {
                if (each.when() == null || holds(each.when(), input, variables, input)) {
                    return new Outcome(input, each.then());
                }
            }
            return new Outcome(input, null);
        } else if (step instanceof Step.For loop) {
            return new Outcome(loop(loop, input, variables), null);
        } else if (step instanceof Step.Fork fork) {
            return new Outcome(fork(fork, input, variables), null);
        } else if (step instanceof Step.Try attempt) {
            return attempt(attempt, input, variables);
        } else if (step instanceof Step.Raise raise) {
            JsonNode error = fill(raise.error(), input, variables, input);
            throw new Raised(
                    new RunError(error.get("type").asText(), error.get("status").asInt(), null, null, null, null)
                            .at(step.head().pointer()));
        } else if (step instanceof Step.Agent agent) {
            return new Outcome(call(agent, fill(agent.input(), input, variables, input)), null);
        } else if (step instanceof Step.Wait) {
            return new Outcome(input, null);
        }
        throw new IllegalArgumentException("not in the reference: " + step);
    }

    private JsonNode call(Step.Agent agent, JsonNode input) throws Raised {
        calls.add(agent.agent() + input);
        JsonNode answer = agents.answer(agent.agent(), input);
        if (answer == null) {
            // All of it, as whoever catches it may hand it on to another agent.
            throw new Raised(new RunError(
                            ErrorKind.COMMUNICATION.type(),
                            ErrorKind.COMMUNICATION.status(),
                            ErrorKind.COMMUNICATION.title(),
                            agent.agent() + ": " + REFUSAL,
                            null,
                            AgentErrorCode.AGENT_FAILED.wireName())
                    .at(agent.head().pointer()));
        }
        return answer;
    }

    private JsonNode loop(Step.For loop, JsonNode input, Map<String, JsonNode> variables)
            throws FormulaException, Raised, End {
        JsonNode items = fill(loop.in(), input, variables, input);
        if (!items.isArray()) {
            throw new FormulaException("for.in has to come to a list, and not to " + items.getNodeType());
        }
        JsonNode data = input;
        for (int i = 0; i < items.size(); i++) {
            Map<String, JsonNode> inside = new HashMap<>(variables);
            inside.put(loop.each(), items.get(i));
            inside.put(loop.at(), Json.MAKE.numberNode(i));
            if (loop.condition() != null && !holds(loop.condition(), data, inside, input)) {
                break;
            }
            data = list(loop.body(), data, inside);
        }
        return data;
    }

    private JsonNode fork(Step.Fork fork, JsonNode input, Map<String, JsonNode> variables) throws Raised, End {
        JsonNode[] outputs = new JsonNode[fork.branches().size()];
        Raised failure = null;
        End end = null;
        int over = 0;
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < outputs.length; i++) {
                List<Integer> needs = fork.branches().get(i).needs();
                if (outputs[i] != null || needs.stream().anyMatch(need -> outputs[need] == null)) {
                    continue;
                }
                ObjectNode needed = Json.MAKE.objectNode();
                needs.forEach(need ->
                        needed.set(fork.branches().get(need).step().head().name(), outputs[need]));
                progress = true;
                try {
                    Outcome outcome = step(fork.branches().get(i).step(), needs.isEmpty() ? input : needed, variables);
                    outputs[i] = outcome.output;
                    if ("end".equals(outcome.then)) {
                        throw new End(outcome.output);
                    }
                } catch (Raised e) {
                    failure = e;
                    over++;
                    outputs[i] = Json.MAKE.textNode("failed");
                } catch (End e) {
                    end = e;
                    over++;
                    outputs[i] = Json.MAKE.textNode("ended");
                }
            }
        }
        branchFailed |= over > 0;
        ambiguous |= over > 1;
        if (failure != null) {
            throw failure;
        }
        if (end != null) {
            throw end;
        }
        ArrayNode all = Json.MAKE.arrayNode();
        for (JsonNode output : outputs) {
            all.add(output);
        }
        return all;
    }

    private Outcome attempt(Step.Try step, JsonNode input, Map<String, JsonNode> variables)
            throws FormulaException, Raised, End {
        int attempts = 0;
        while (true) {
            Raised raised;
            try {
                return new Outcome(list(step.body(), input, variables), null);
            } catch (Raised e) {
                raised = e;
            }
            Map<String, JsonNode> inside = new HashMap<>(variables);
            inside.put(step.handler().as(), raised.error.toJson());
            if (!raised.error.matches(step.handler().filter())) {
                throw raised;
            }
            if (step.handler().when() != null && !holds(step.handler().when(), input, inside, input)) {
                throw raised;
            }
            if (step.handler().retry() != null
                    && attempts < step.handler().retry().maxRetries()) {
                attempts++;
                continue;
            }
            if (step.handler().body() == null) {
                if (step.handler().retry() != null) {
                    throw raised;
                }
                return new Outcome(input, step.handler().then());
            }
            return new Outcome(
                    list(step.handler().body(), input, inside), step.handler().then());
        }
    }

    private JsonNode fill(Template template, JsonNode value, Map<String, JsonNode> variables, JsonNode input)
            throws FormulaException {
        return template == null ? value : template.fill(value, scope(variables, input));
    }

    private boolean holds(Formula formula, JsonNode value, Map<String, JsonNode> variables, JsonNode input)
            throws FormulaException {
        JsonNode result = formula.evaluate(value, scope(variables, input));
        return !result.isNull() && !(result.isBoolean() && !result.booleanValue());
    }

    private Scope scope(Map<String, JsonNode> variables, JsonNode input) {
        return name -> switch (name) {
            case "context" -> context;
            case "input" -> input;
            default -> variables.get(name);
        };
    }
}
