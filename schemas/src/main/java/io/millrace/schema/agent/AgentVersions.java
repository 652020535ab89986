package io.millrace.schema.agent;

/**
 * What an agent says that is no agent itself but a choice among others: the variant of a flag is the name of the one that
 * is asked.
 *
 * @param flag its key
 * @param otherwise who is asked when there is no such flag, or it names nobody who is registered; null for nobody
 */
public record AgentVersions(String flag, String otherwise) {
    /** The kind of transport of such an agent. */
    public static final String KIND = "flag";
}
