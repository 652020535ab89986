package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.Formulas;
import java.util.Map;
import java.util.Set;

/** Finds the expressions of a document, and compiles them. */
final class ExpressionChecks {
    /** What expressions may use wherever they stand. */
    static final Set<String> EVERYWHERE = Set.of("context", "input", "output", "task", "workflow", "runtime");

    private final Problems problems;
    private final Formulas formulas;

    ExpressionChecks(Problems problems, Formulas formulas) {
        this.problems = problems;
        this.formulas = formulas;
    }

    /** Of what every step may have. */
    void common(String pointer, JsonNode task, Set<String> variables) {
        condition(pointer + "/if", task.path("if"), variables);
        value(pointer + "/input/from", task.at("/input/from"), variables);
        value(pointer + "/output/as", task.at("/output/as"), variables);
        value(pointer + "/export/as", task.at("/export/as"), variables);
        value(pointer + "/timeout/after", task.at("/timeout/after"), variables);
    }

    /** A text that is an expression, in braces or not. */
    void condition(String pointer, JsonNode condition, Set<String> variables) {
        if (condition.isTextual()) {
            String text = condition.textValue().strip();
            compile(pointer, isWhole(text) ? inner(text) : text, variables);
        }
    }

    /** A value, in which texts may be expressions. */
    void value(String pointer, JsonNode value, Set<String> variables) {
        if (value.isTextual()) {
            text(pointer, value.textValue().strip(), variables);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                value(pointer + "/" + i, value.get(i), variables);
            }
        } else {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                value(pointer + "/" + SchemaProblems.escaped(member.getKey()), member.getValue(), variables);
            }
        }
    }

    private void text(String pointer, String text, Set<String> variables) {
        if (isWhole(text)) {
            compile(pointer, inner(text), variables);
        } else if (text.contains("${") && text.indexOf('}', text.indexOf("${")) > 0) {
            problems.add(
                    pointer, "${ } has to be all of the text; within it, a text is put together as \"… \\(.name) …\"");
        }
    }

    private void compile(String pointer, String expression, Set<String> variables) {
        try {
            formulas.compile(expression, variables);
        } catch (FormulaException e) {
            problems.add(pointer, e.getMessage());
        }
    }

    private static boolean isWhole(String text) {
        return text.startsWith("${") && text.endsWith("}");
    }

    private static String inner(String text) {
        return text.substring(2, text.length() - 1).strip();
    }
}
