package io.millrace.logic.agent;

/** Judges JSON texts by a schema that was compiled once. */
@FunctionalInterface
interface SchemaCheck {
    /** Satisfied by anything. */
    SchemaCheck ANY = json -> null;

    /** What is wrong with a JSON text, for the agent and for people, without its values; null when nothing is. */
    String problem(String json);
}
