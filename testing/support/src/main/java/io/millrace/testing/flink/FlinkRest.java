package io.millrace.testing.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A client of Flink's REST API. Each request has a limit of 60 s; each method that waits takes its own.
 *
 * <p>All methods throw {@link FlinkRestException} when the server refuses or does not answer, and those that wait
 * {@link IllegalStateException} when the time is up, with what the server said last.
 */
public final class FlinkRest {
    private static final Set<String> ENDED = Set.of("FAILED", "FINISHED", "CANCELED", "SUSPENDED");

    private final RestConnection connection;

    /** @param url of the REST server, for instance {@code http://localhost:8081} */
    public FlinkRest(String url) {
        connection = new RestConnection(url);
    }

    /** What the cluster has. */
    public record Overview(int taskManagers, int slots, int freeSlots) {}

    /**
     * The checkpoints of a job since it was started or restored from a savepoint.
     *
     * @param restored how often the job was restored from one
     * @param latestPath of the newest complete one; null when there is none
     */
    public record Checkpoints(long completed, long failed, long restored, String latestPath) {}

    public Overview overview() {
        JsonNode overview = connection.get("/overview");
        return new Overview(
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** Whether the TaskManager of that resource id is registered. */
    public boolean hasTaskManager(String resourceId) {
        return stream(connection.get("/taskmanagers").path("taskmanagers"))
                .anyMatch(each -> each.path("id").asText().equals(resourceId));
    }

    /** Uploads a jar; answers its id, for {@link #runJar}. */
    public String uploadJar(Path jar) {
        try {
            String stored = connection
                    .upload("/jars/upload", "jarfile", jar)
                    .path("filename")
                    .asText();
            return stored.substring(stored.lastIndexOf('/') + 1);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an uploaded jar; answers the id of the job, which is submitted then, not yet running. */
    public String runJar(String jarId, JarRun run) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (run.entryClass() != null) {
            body.put("entryClass", run.entryClass());
        }
        if (run.savepointPath() != null) {
            body.put("savepointPath", run.savepointPath());
        }
        if (run.jobId() != null) {
            body.put("jobId", run.jobId());
        }
        run.arguments().forEach(body.putArray("programArgsList")::add);
        ObjectNode configuration = body.putObject("flinkConfiguration");
        run.flinkConfiguration().forEach(configuration::put);
        return connection.post("/jars/" + jarId + "/run", body).path("jobid").asText();
    }

    /** The id of the newest job of that name; empty when there is none. */
    public Optional<String> jobId(String name) {
        return stream(connection.get("/jobs/overview").path("jobs"))
                .filter(job -> job.path("name").asText().equals(name))
                .max(Comparator.comparingLong(job -> job.path("start-time").asLong()))
                .map(job -> job.path("jid").asText());
    }

    /** The state of a job by Flink's own name: {@code RUNNING}, {@code RESTARTING}, {@code FINISHED} … */
    public String state(String jobId) {
        return connection.get("/jobs/" + jobId).path("state").asText();
    }

    /**
     * Waits until the job and all its vertices run.
     *
     * @throws IllegalStateException when the job ends instead, with its root exception
     */
    public void awaitRunning(String jobId, Duration limit) {
        Waiting.until(
                () -> isRunning(connection.get("/jobs/" + jobId)),
                limit,
                () -> "Job " + jobId + " does not run: " + states(connection.get("/jobs/" + jobId)) + " "
                        + rootException(jobId));
    }

    private boolean isRunning(JsonNode job) {
        String state = job.path("state").asText();
        if (ENDED.contains(state)) {
            String jobId = job.path("jid").asText();
            throw new IllegalStateException("Job " + jobId + " is " + state + ": " + rootException(jobId));
        }
        return state.equals("RUNNING")
                && stream(job.path("vertices"))
                        .allMatch(vertex -> vertex.path("status").asText().equals("RUNNING"));
    }

    private static String states(JsonNode job) {
        StringBuilder states = new StringBuilder(job.path("state").asText());
        job.path("vertices").forEach(vertex -> states.append(", ")
                .append(vertex.path("name").asText())
                .append(" is ")
                .append(vertex.path("status").asText()));
        return states.toString();
    }

    /** Why the job failed last; empty when it did not. */
    public String rootException(String jobId) {
        JsonNode entries = connection
                .get("/jobs/" + jobId + "/exceptions")
                .path("exceptionHistory")
                .path("entries");
        return entries.path(0).path("stacktrace").asText("");
    }

    /** Waits until the job is in that state; an end in another one is an error at once. */
    public void awaitState(String jobId, String wanted, Duration limit) {
        Waiting.until(
                () -> {
                    String state = state(jobId);
                    if (!state.equals(wanted) && ENDED.contains(state)) {
                        throw new IllegalStateException(
                                "Job " + jobId + " is " + state + ", not " + wanted + ": " + rootException(jobId));
                    }
                    return state.equals(wanted);
                },
                limit,
                () -> "Job " + jobId + " is " + state(jobId) + ", not " + wanted);
    }

    /** Stops the job with a savepoint under {@code directory} and waits for its end; answers the savepoint's path. */
    public String stopWithSavepoint(String jobId, Path directory, Duration limit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("targetDirectory", directory.toUri().toString()).put("drain", false);
        String request = connection
                .post("/jobs/" + jobId + "/stop", body)
                .path("request-id")
                .asText();
        String path = "/jobs/" + jobId + "/savepoints/" + request;
        Waiting.until(
                () -> connection.get(path).path("status").path("id").asText().equals("COMPLETED"),
                limit,
                () -> "Savepoint of job " + jobId + " is not complete: " + connection.get(path));
        JsonNode operation = connection.get(path).path("operation");
        if (!operation.hasNonNull("location")) {
            String cause = operation.path("failure-cause").path("stack-trace").asText(operation.toString());
            throw new IllegalStateException("Savepoint of job " + jobId + " failed: " + cause);
        }
        awaitState(jobId, "FINISHED", limit);
        return operation.path("location").asText();
    }

    /** Cancels the job and waits for its end. */
    public void cancel(String jobId, Duration limit) {
        connection.patch("/jobs/" + jobId + "?mode=cancel");
        awaitState(jobId, "CANCELED", limit);
    }

    public Checkpoints checkpoints(String jobId) {
        JsonNode all = connection.get("/jobs/" + jobId + "/checkpoints");
        JsonNode counts = all.path("counts");
        return new Checkpoints(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                counts.path("restored").asLong(),
                all.path("latest").path("completed").path("external_path").asText(null));
    }

    /** Waits until the job has completed at least that many checkpoints. */
    public void awaitCheckpoints(String jobId, long completed, Duration limit) {
        Waiting.until(
                () -> checkpoints(jobId).completed() >= completed,
                limit,
                () -> "Job " + jobId + ", " + state(jobId) + ", has " + checkpoints(jobId) + ", awaited " + completed
                        + " " + rootException(jobId));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
