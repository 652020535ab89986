package io.millrace.chaos;

import io.millrace.chaos.workload.Report;
import java.time.Duration;

/**
 * What became of an episode.
 *
 * @param number counted from 1
 * @param trouble why the cluster did not recover, or the load could not be published; null for nothing of that
 * @param report null when there is trouble
 */
record Outcome(int number, Episode episode, String trouble, Report report, Duration took) {

    boolean isClean() {
        return trouble == null && report.isClean();
    }

    long offences() {
        return report == null
                ? 0
                : report.offences().values().stream().mapToLong(Long::longValue).sum();
    }

    Duration outage() {
        return report == null ? took : report.outage();
    }

    long redelivered() {
        return report == null ? 0 : report.redelivered();
    }

    String verdict() {
        if (trouble != null) {
            return "DID NOT RECOVER: " + trouble;
        }
        return report.isClean() ? "clean" : "OFFENCES " + report.offences();
    }
}
