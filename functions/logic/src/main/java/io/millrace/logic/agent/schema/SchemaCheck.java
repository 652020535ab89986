package io.millrace.logic.agent.schema;

/** Judges JSON texts by a schema that was compiled once. */
@FunctionalInterface
public interface SchemaCheck {
    /** Satisfied by anything. */
    SchemaCheck ANY = (json, allowance) -> null;

    /**
     * What is wrong with a JSON text, for the agent and for people, without its values; null when nothing is.
     *
     * @param allowance what the check may still do; what it did is taken off
     */
    String problem(String json, CheckAllowance allowance);

    /** The same, with an allowance of its own. */
    default String problem(String json) {
        return problem(json, new CheckAllowance());
    }
}
