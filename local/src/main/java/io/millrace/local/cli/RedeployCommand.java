package io.millrace.local.cli;

import io.millrace.local.platform.Checkpoints;
import io.millrace.local.platform.JobSecrets;
import io.millrace.local.platform.JobStarter;
import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.PlatformException;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JarRun;
import io.millrace.operations.flink.JobOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "redeploy",
        description = {
            "Stop a job with a savepoint and start the current build from it, so that no timer is lost.",
            "A job that is not running starts from its newest checkpoint or savepoint, or from --from."
        })
final class RedeployCommand implements Callable<Integer> {

    private static final Duration SAVEPOINT_LIMIT = Duration.ofMinutes(5);

    @Parameters(paramLabel = "JOB", description = "tasks, agents, …")
    private String job;

    @Option(names = "--from", paramLabel = "PATH", description = "Start from this savepoint or checkpoint.")
    private String from;

    @Option(names = "--jar", paramLabel = "FILE", description = "The build to start; default: that of this project.")
    private Path jar;

    @Mixin
    private KafkaOption kafka;

    @Mixin
    private FlinkOption flink;

    @Override
    public Integer call() {
        LocalJob known = JobLookup.known(job);
        Path build = jar != null ? jar : known.jar();
        // Looked for before anything is stopped.
        if (!Files.isRegularFile(build)) {
            throw new CommandFailure("the jar " + build + " is missing; nothing was stopped");
        }
        if (from != null && isLocal(from) && !Files.exists(local(from).resolve("_metadata"))) {
            throw new CommandFailure(from + " is no savepoint or checkpoint; nothing was stopped");
        }
        FlinkRest client = flink.client();
        Optional<JobOverview> running = JobLookup.running(client, known);
        String stopped = null;
        if (running.isPresent()) {
            stopped = SavepointCommand.stop(client, running.get(), null, SAVEPOINT_LIMIT);
            System.out.println("stopped " + job + " with savepoint " + stopped);
        }
        String state = from != null ? from : stopped != null ? stopped : newestState(client, known);
        String uri = isLocal(state) ? local(state).toUri().toString() : state;
        // Its own last checkpoint is replaced by the next ones; a savepoint stays whoever's it is.
        boolean claim = from == null && stopped == null && state.contains("/chk-");
        try {
            List<String> arguments = known.arguments(kafka.address(), dataDirectory(client), System.getenv());
            JarRun run = JarRun.of(known.entryClass(), arguments).as(known.jobId());
            String id = new JobStarter(client).start(build, claim ? run.claiming(uri) : run.from(uri));
            System.out.println("started " + job + " (" + id + ") from " + state);
            return 0;
        } catch (PlatformException e) {
            throw new CommandFailure(
                    e.getMessage() + "\n" + job + " is stopped; after a fix start it with: ./millrace redeploy " + job
                            + " --from " + (stopped != null ? stopped : state),
                    e);
        }
    }

    /** Where the cluster keeps its checkpoints and savepoints, if this machine can see that. */
    private String newestState(FlinkRest client, LocalJob known) {
        Optional<Path> checkpoints = directory(client, "execution.checkpointing.dir");
        Optional<Path> savepoints = directory(client, "execution.checkpointing.savepoint-dir");
        List<Checkpoints.Candidate> candidates = checkpoints.isEmpty() || savepoints.isEmpty()
                ? List.of()
                : Checkpoints.find(checkpoints.get(), savepoints.get(), known.jobId());
        if (candidates.isEmpty()) {
            throw new CommandFailure("the job " + job + " is not running, and no state of it was found where "
                    + client.address() + " keeps checkpoints; name it with --from PATH");
        }
        return candidates.get(0).directory().toString();
    }

    /** Of the local platform: only it keeps the secrets of the jobs beside their checkpoints. Else null. */
    private static Path dataDirectory(FlinkRest client) {
        return directory(client, "execution.checkpointing.dir")
                .map(Path::getParent)
                .filter(parent -> Files.isRegularFile(parent.resolve(JobSecrets.APPROVAL_KEY)))
                .orElse(null);
    }

    private static Optional<Path> directory(FlinkRest client, String key) {
        return client.setting(key).filter(RedeployCommand::isLocal).map(RedeployCommand::local);
    }

    private static boolean isLocal(String path) {
        return path.startsWith("file:") || !path.contains("://");
    }

    private static Path local(String path) {
        return Path.of(path.replaceFirst("^file:/+", "/")).toAbsolutePath().normalize();
    }
}
