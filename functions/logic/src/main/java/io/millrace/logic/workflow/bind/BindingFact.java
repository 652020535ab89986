package io.millrace.logic.workflow.bind;

/**
 * Something that starts are bound to: a definition, or how an agent is from now on.
 *
 * @param definition null when it is about an agent
 * @param agent its name; null when it is about a definition
 * @param known null when the agent is not registered any longer
 */
public record BindingFact(KnownDefinition definition, String agent, KnownAgent known) {

    public static BindingFact of(KnownDefinition definition) {
        return new BindingFact(definition, null, null);
    }

    /** @param known null when it is not registered any longer */
    public static BindingFact of(String agent, KnownAgent known) {
        return new BindingFact(null, agent, known);
    }
}
