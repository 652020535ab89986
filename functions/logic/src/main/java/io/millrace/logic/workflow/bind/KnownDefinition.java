package io.millrace.logic.workflow.bind;

import java.util.List;

/**
 * What of a definition a start has to know.
 *
 * @param digest of its text
 * @param agents the names of the agents that it may call
 * @param characters of its text
 */
public record KnownDefinition(
        String tenant, String workflow, String version, String digest, List<String> agents, int characters) {

    /** What is the same for no other version of any workflow. */
    public String key() {
        return tenant + '/' + workflow + '/' + version;
    }
}
