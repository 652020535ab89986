package io.millrace.testing.flink;

import java.util.List;
import java.util.Map;

/**
 * How to run an uploaded jar.
 *
 * @param entryClass null for the one in the jar's manifest
 * @param savepointPath of a savepoint or checkpoint to start from; null for an empty start
 * @param jobId 32 hexadecimal digits; null for a random one
 * @param flinkConfiguration settings of this job, over those of the cluster
 */
public record JarRun(
        String entryClass,
        List<String> arguments,
        String savepointPath,
        String jobId,
        Map<String, String> flinkConfiguration) {

    public JarRun {
        arguments = List.copyOf(arguments);
        flinkConfiguration = Map.copyOf(flinkConfiguration);
    }

    /** A run of that main class without anything else. */
    public static JarRun of(String entryClass, String... arguments) {
        return new JarRun(entryClass, List.of(arguments), null, null, Map.of());
    }

    public JarRun from(String savepointPath) {
        return new JarRun(entryClass, arguments, savepointPath, jobId, flinkConfiguration);
    }

    public JarRun as(String jobId) {
        return new JarRun(entryClass, arguments, savepointPath, jobId, flinkConfiguration);
    }

    public JarRun with(Map<String, String> flinkConfiguration) {
        return new JarRun(entryClass, arguments, savepointPath, jobId, flinkConfiguration);
    }
}
