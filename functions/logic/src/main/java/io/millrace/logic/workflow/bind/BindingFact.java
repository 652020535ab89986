package io.millrace.logic.workflow.bind;

/**
 * Something that starts are bound by: a definition, or how an agent or a flag is from now on.
 *
 * @param definition null unless it is about a definition
 * @param agent its name; null unless it is about an agent
 * @param known null when the agent is not registered any longer
 * @param flag its key; null unless it is about a flag
 * @param flagDefinition as it stands on its topic; null when the flag is removed
 */
public record BindingFact(
        KnownDefinition definition, String agent, KnownAgent known, String flag, String flagDefinition) {

    public static BindingFact of(KnownDefinition definition) {
        return new BindingFact(definition, null, null, null, null);
    }

    /** @param known null when it is not registered any longer */
    public static BindingFact of(String agent, KnownAgent known) {
        return new BindingFact(null, agent, known, null, null);
    }

    /** @param definition null when it is removed */
    public static BindingFact ofFlag(String flag, String definition) {
        return new BindingFact(null, null, null, flag, definition);
    }
}
