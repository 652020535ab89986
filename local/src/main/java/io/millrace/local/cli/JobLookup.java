package io.millrace.local.cli;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.LocalJobs;
import io.millrace.testing.flink.FlinkRest;
import io.millrace.testing.flink.JobOverview;
import java.util.Optional;

/** Finds jobs: by the id it has on the local platform, else by the name it has on any cluster. */
final class JobLookup {

    private JobLookup() {}

    /** @throws CommandFailure when Millrace has no such job; the message lists those it has */
    static LocalJob known(String command) {
        return LocalJobs.find(command)
                .orElseThrow(
                        () -> new CommandFailure("there is no job '" + command + "'; there are: " + LocalJobs.names()));
    }

    static Optional<JobOverview> find(FlinkRest flink, LocalJob job) {
        Optional<JobOverview> byId = flink.job(job.jobId());
        return byId.isPresent() ? byId : flink.newestJob(job.name());
    }

    /** The job, if it has not ended. */
    static Optional<JobOverview> running(FlinkRest flink, LocalJob job) {
        return find(flink, job).filter(found -> !found.isEnded());
    }
}
