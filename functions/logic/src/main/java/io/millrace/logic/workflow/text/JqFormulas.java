package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.expressions.Budget;
import io.millrace.expressions.Expression;
import io.millrace.expressions.ExpressionException;
import io.millrace.logic.workflow.program.Formula;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.Formulas;
import io.millrace.logic.workflow.program.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Expressions in jq. The value of one is its first output. */
public final class JqFormulas implements Formulas {
    private final Budget budget;

    /** @param budget of each evaluation */
    public JqFormulas(Budget budget) {
        this.budget = budget;
    }

    @Override
    public Formula compile(String source, Set<String> variables) throws FormulaException {
        Expression expression;
        try {
            expression = Expression.compile(source, variables);
        } catch (ExpressionException e) {
            throw new FormulaException(e.getMessage(), e);
        }
        return (input, scope) -> evaluate(expression, input, scope);
    }

    private JsonNode evaluate(Expression expression, JsonNode input, Scope scope) throws FormulaException {
        Map<String, JsonNode> values = new HashMap<>();
        for (String name : expression.usedVariables()) {
            JsonNode value = scope.variable(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        try {
            JsonNode first = expression.evaluateFirst(input, values, budget);
            if (first == null) {
                throw new FormulaException("the expression has no value");
            }
            return first;
        } catch (ExpressionException e) {
            throw new FormulaException(e.getMessage(), e);
        }
    }
}
