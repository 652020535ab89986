package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * A compiled jq program. It does not change, and may be used by several threads; to compile one takes much longer than
 * to evaluate it, so whoever evaluates it often keeps it.
 */
public final class Expression {
    private final String text;
    private final List<String> variables;
    private final Set<String> used;
    private final Node program;

    private Expression(String text, List<String> variables, Set<String> used, Node program) {
        this.text = text;
        this.variables = variables;
        this.used = used;
        this.program = program;
    }

    /**
     * Compiles a program.
     *
     * @param variables what it may use, without their {@code $}
     * @throws ExpressionException when it is no program, or uses a name that there is not; with what is wrong, where,
     *     and what may have been meant
     */
    public static Expression compile(String program, Set<String> variables) throws ExpressionException {
        List<String> sorted = List.copyOf(new TreeSet<>(variables));
        Scope scope = Scope.EMPTY;
        for (String variable : sorted) {
            scope = scope.variable(variable);
        }
        Parser parser = new Parser(new Cursor(program), Library.get(), Set.copyOf(variables));
        Node compiled = parser.program(scope);
        return new Expression(program, sorted, Set.copyOf(parser.usedVariables()), compiled);
    }

    /** Those of the variables that it uses: the values of others need not be given. */
    public Set<String> usedVariables() {
        return used;
    }

    /**
     * All its values, in order.
     *
     * @param input what {@code .} is; not altered
     * @param values of the variables; one that is missing is null
     * @throws ExpressionException when it raises an error, or would exceed the budget
     */
    public List<JsonNode> evaluate(JsonNode input, Map<String, JsonNode> values, Budget budget)
            throws ExpressionException {
        return outputs(input, values, new Meter(budget), Integer.MAX_VALUE);
    }

    /** Its first value, and no step beyond; null (not JSON's) when it has none. */
    public JsonNode evaluateFirst(JsonNode input, Map<String, JsonNode> values, Budget budget)
            throws ExpressionException {
        return evaluateFirst(input, values, budget, steps -> {});
    }

    /**
     * The same.
     *
     * @param spent told how many steps it took, also when it has no value: for whoever evaluates many
     */
    public JsonNode evaluateFirst(JsonNode input, Map<String, JsonNode> values, Budget budget, LongConsumer spent)
            throws ExpressionException {
        Meter meter = new Meter(budget);
        try {
            List<JsonNode> first = outputs(input, values, meter, 1);
            return first.isEmpty() ? null : first.get(0);
        } finally {
            spent.accept(meter.steps());
        }
    }

    private List<JsonNode> outputs(JsonNode input, Map<String, JsonNode> values, Meter meter, int most)
            throws ExpressionException {
        try {
            if (program.isSimple()) {
                return List.of(output(program.value(input, environment(values, meter), meter), meter));
            }
            Machine machine = new Machine(program, environment(values, meter), input, meter);
            List<JsonNode> outputs = new ArrayList<>();
            JsonNode next;
            while (outputs.size() < most && (next = machine.next()) != null) {
                meter.output();
                outputs.add(output(next, meter));
            }
            return outputs;
        } catch (Raised error) {
            throw ExpressionException.raised(error);
        } catch (Exceeded exceeded) {
            throw new ExpressionException(exceeded.kind(), 0, "the expression " + exceeded.getMessage());
        }
    }

    private Env environment(Map<String, JsonNode> values, Meter meter) {
        Env env = Env.EMPTY;
        for (String variable : variables) {
            env = Env.with(values.getOrDefault(variable, Values.NULL), env, meter);
        }
        return env;
    }

    private static JsonNode output(JsonNode value, Meter meter) {
        return Outputs.of(value, meter);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
