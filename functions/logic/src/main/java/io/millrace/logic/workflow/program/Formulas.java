package io.millrace.logic.workflow.program;

import java.util.Set;

/** A language of expressions. */
@FunctionalInterface
public interface Formulas {

    /**
     * @param source what stands between {@code ${} and {@code }}
     * @param variables the names, without {@code $}, that it may use
     * @throws FormulaException that says what is wrong with it
     */
    Formula compile(String source, Set<String> variables) throws FormulaException;
}
