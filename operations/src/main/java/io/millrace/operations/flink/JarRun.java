package io.millrace.operations.flink;

import java.util.List;
import java.util.Map;

/**
 * How an uploaded jar is started.
 *
 * @param entryClass null for the one in the jar's manifest
 * @param parallelism null leaves it to Flink, whose handler of jars passes over the cluster's {@code
 *     parallelism.default}
 * @param jobId 32 hexadecimal digits; null lets Flink choose
 * @param restoreFrom path of a checkpoint or savepoint; null to start without state
 * @param claim whether Flink owns {@code restoreFrom} from now on and deletes it when newer checkpoints replace it:
 *     right for the job's own checkpoints, wrong for savepoints, which belong to whoever took them
 * @param flinkConfiguration settings of this job, over those of the cluster
 */
public record JarRun(
        String entryClass,
        List<String> arguments,
        Integer parallelism,
        String jobId,
        String restoreFrom,
        boolean claim,
        Map<String, String> flinkConfiguration) {

    public JarRun {
        arguments = List.copyOf(arguments);
        flinkConfiguration = Map.copyOf(flinkConfiguration);
    }

    /** A run of that main class without anything else. */
    public static JarRun of(String entryClass, String... arguments) {
        return of(entryClass, List.of(arguments));
    }

    /** @param entryClass null for the one in the jar's manifest */
    public static JarRun of(String entryClass, List<String> arguments) {
        return new JarRun(entryClass, arguments, null, null, null, false, Map.of());
    }

    public JarRun parallelism(Integer newParallelism) {
        return new JarRun(entryClass, arguments, newParallelism, jobId, restoreFrom, claim, flinkConfiguration);
    }

    public JarRun as(String newJobId) {
        return new JarRun(entryClass, arguments, parallelism, newJobId, restoreFrom, claim, flinkConfiguration);
    }

    /** Starts from a savepoint or checkpoint that is left to its owner. */
    public JarRun from(String state) {
        return new JarRun(entryClass, arguments, parallelism, jobId, state, false, flinkConfiguration);
    }

    /** Starts from a checkpoint that is the job's from now on. */
    public JarRun claiming(String state) {
        return new JarRun(entryClass, arguments, parallelism, jobId, state, true, flinkConfiguration);
    }

    public JarRun with(Map<String, String> settings) {
        return new JarRun(entryClass, arguments, parallelism, jobId, restoreFrom, claim, settings);
    }
}
