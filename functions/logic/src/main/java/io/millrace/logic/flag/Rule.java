package io.millrace.logic.flag;

/** An expression of JSON Logic that can be evaluated: null, Boolean, Double, String, List or Map comes of it. */
@FunctionalInterface
interface Rule {
    /** @throws RuleException when it has no value */
    Object apply(Scope scope);

    static Rule constant(Object value) {
        return new Constant(value);
    }

    /** A value that stands there. */
    record Constant(Object value) implements Rule {
        @Override
        public Object apply(Scope scope) {
            scope.work().step();
            return value;
        }
    }
}
