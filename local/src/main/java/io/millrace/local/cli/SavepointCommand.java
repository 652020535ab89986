package io.millrace.local.cli;

import io.millrace.local.platform.JobStarter;
import io.millrace.local.platform.LocalJob;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JobOverview;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "savepoint",
        description = {
            "Stop a job with a savepoint and print where it lies.",
            "The job goes on running when its savepoint fails. Start it again with ./millrace redeploy JOB."
        })
final class SavepointCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JOB", description = "tasks, agents, …")
    private String job;

    @Option(names = "--to", paramLabel = "DIR", description = "Where to put it; default: as the cluster is configured.")
    private String directory;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the savepoint may take; default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Mixin
    private FlinkOption flink;

    @Override
    public Integer call() {
        LocalJob known = JobLookup.known(job);
        FlinkRest client = flink.client();
        JobOverview running = JobLookup.running(client, known)
                .orElseThrow(() -> new CommandFailure("the job " + job + " is not running at " + client.address()));
        System.out.println(stop(client, running, directory, Duration.ofSeconds(timeout)));
        return 0;
    }

    /** @return where the savepoint lies, when the job has ended */
    static String stop(FlinkRest client, JobOverview job, String directory, Duration timeout) {
        String path = client.stopWithSavepoint(job.id(), directory, timeout);
        new JobStarter(client).awaitEnded(job.id(), timeout);
        return path.startsWith("file:") ? path.replaceFirst("^file:/+", "/") : path;
    }
}
