package io.millrace.logic.agent;

import java.util.List;

/**
 * An answer that later calls are given too. Times are log times, milliseconds since the epoch.
 *
 * @param output JSON text
 * @param version of the agent that gave it
 * @param dependencies names of what it depends on
 * @param askedAt when its first attempt was made
 * @param keptAt when it came
 * @param expiresAt from when on it is not given any more
 */
record CachedAnswer(
        String output, String version, List<String> dependencies, long askedAt, long keptAt, long expiresAt) {

    /** This, with as long to live, as if it had come at {@code latest} when it came later. */
    CachedAnswer notAfter(long latest) {
        long ahead = Math.max(0, keptAt - latest);
        return new CachedAnswer(
                output, version, dependencies, Math.min(askedAt, latest), keptAt - ahead, expiresAt - ahead);
    }
}
