package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.expressions.Budget;
import io.millrace.expressions.Expression;
import io.millrace.expressions.ExpressionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The expressions of workflows: jq, whose first value counts. */
public final class JqFormulas implements Formulas {

    @Override
    public Formula compile(String source, Set<String> variables) throws FormulaException {
        try {
            Expression expression = Expression.compile(source, variables);
            return (input, scope) -> evaluate(expression, input, scope);
        } catch (ExpressionException e) {
            throw new FormulaException(e.getMessage(), e);
        }
    }

    private static JsonNode evaluate(Expression expression, JsonNode input, Scope scope) throws FormulaException {
        Map<String, JsonNode> values = new HashMap<>();
        for (String name : expression.usedVariables()) {
            JsonNode value = scope.variable(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        JsonNode first;
        try {
            first = expression.evaluateFirst(input, values, Budget.DEFAULT, scope::spent);
        } catch (ExpressionException e) {
            throw new FormulaException(e.getMessage(), e);
        }
        if (first == null) {
            throw new FormulaException("it has no value: " + expression);
        }
        return first;
    }
}
