package io.millrace.local.flink;

import java.util.List;

/**
 * How an uploaded jar is started.
 *
 * @param parallelism null for the cluster's {@code parallelism.default}
 * @param jobId 32 hexadecimal digits; null lets Flink choose
 * @param restoreFrom path of a checkpoint or savepoint; null to start without state
 * @param claim whether Flink owns {@code restoreFrom} from now on and deletes it when newer checkpoints replace it: right
 *     for the job's own checkpoints, wrong for savepoints, which belong to whoever took them
 */
public record JarRun(
        String entryClass,
        List<String> arguments,
        Integer parallelism,
        String jobId,
        String restoreFrom,
        boolean claim) {

    public JarRun {
        arguments = List.copyOf(arguments);
    }

    public JarRun withParallelism(Integer other) {
        return new JarRun(entryClass, arguments, other, jobId, restoreFrom, claim);
    }
}
