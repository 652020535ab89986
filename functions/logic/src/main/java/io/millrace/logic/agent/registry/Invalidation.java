package io.millrace.logic.agent.registry;

import java.util.Collection;
import java.util.Objects;

/**
 * That answers of an agent asked for up to {@code time} are worthless.
 *
 * @param version only of that version; null for all
 * @param dependency only of calls that depend on it; null for all
 * @param time log time, milliseconds since the epoch
 */
record Invalidation(String agent, String version, String dependency, long time) {

    boolean concerns(String answerVersion, Collection<String> dependencies) {
        return (version == null || version.equals(answerVersion))
                && (dependency == null || dependencies.contains(dependency));
    }

    boolean sameScope(Invalidation other) {
        return agent.equals(other.agent)
                && Objects.equals(version, other.version)
                && Objects.equals(dependency, other.dependency);
    }
}
