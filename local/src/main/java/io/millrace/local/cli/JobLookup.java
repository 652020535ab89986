package io.millrace.local.cli;

import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.LocalJobs;
import io.millrace.local.platform.PlatformException;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JobOverview;
import java.util.List;
import java.util.Optional;

/** Finds jobs: by the id it has on the local platform, else by the name it has on any cluster. */
final class JobLookup {

    private JobLookup() {}

    /** @throws CommandFailure when no job is built */
    static LocalJobs built() {
        try {
            return LocalJobs.in(Home.directory());
        } catch (PlatformException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /**
     * The jobs that a cluster is to run: those that the local platform was told to, else all.
     */
    static List<LocalJob> expected(FlinkRest flink) {
        LocalJobs jobs = built();
        return flink.setting(LocalJobs.SETTING)
                .map(names -> jobs.all().stream()
                        .filter(job -> List.of(names.split(",")).contains(job.name()))
                        .toList())
                .orElse(jobs.all());
    }

    /** @throws CommandFailure when Millrace has no such job; the message lists those it has */
    static LocalJob known(String command) {
        LocalJobs jobs = built();
        return jobs.find(command)
                .orElseThrow(() -> new CommandFailure("there is no job '" + command + "'; there are: " + jobs.names()));
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
