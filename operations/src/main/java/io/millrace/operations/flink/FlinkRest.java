package io.millrace.operations.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The part of Flink's REST API that deploying and watching jobs needs. Thread-safe; every call is bounded in time.
 *
 * <p>All methods throw {@link FlinkRestException} when the cluster refuses, or does not answer.
 */
public final class FlinkRest {

    /** Enough for a cluster that is well; who asks is waiting. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);
    /** A job's main method runs inside this request and may have to wait for its brokers. */
    private static final Duration RUN_LIMIT = Duration.ofSeconds(60);

    /** Between two looks at an operation of which Flink tells only when asked; it takes tenths of a second at least. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

    private final RestConnection rest;

    /** @param base such as {@code http://localhost:8081} */
    public FlinkRest(URI base) {
        this(base, ANSWER_LIMIT);
    }

    /**
     * @param answerLimit how long an answer may take; running a jar may take longer
     * @param token asked for when a request is about to change something: what such requests carry as bearer (RFC
     *     6750); null for none
     */
    public FlinkRest(URI base, Duration answerLimit, Supplier<String> token) {
        this.rest = new RestConnection(base, answerLimit, token);
    }

    /** With the limit of somebody who waits at a terminal. */
    public FlinkRest(URI base, Supplier<String> token) {
        this(base, ANSWER_LIMIT, token);
    }

    /** @param answerLimit how long an answer may take; running a jar may take longer */
    public FlinkRest(URI base, Duration answerLimit) {
        this(base, answerLimit, () -> null);
    }

    public URI address() {
        return rest.base();
    }

    /** @return the version of Flink that answers */
    public String version() {
        return rest.get("/config").path("flink-version").asText();
    }

    /** A setting of the cluster by Flink's own key; empty when it is not set. */
    public Optional<String> setting(String key) {
        for (JsonNode setting : rest.get("/jobmanager/config")) {
            if (setting.path("key").asText().equals(key)) {
                return Optional.of(setting.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /** The resource ids of the TaskManagers that are registered. */
    public Set<String> taskManagers() {
        Set<String> ids = new TreeSet<>();
        rest.get("/taskmanagers")
                .path("taskmanagers")
                .forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    /** The slots of all TaskManagers that are registered. */
    public record Slots(int total, int free) {}

    public Slots slots() {
        JsonNode overview = rest.get("/overview");
        return new Slots(
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** All jobs the cluster remembers, newest first. */
    public List<JobOverview> jobs() {
        List<JobOverview> jobs = new ArrayList<>();
        for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            JsonNode tasks = job.path("tasks");
            jobs.add(new JobOverview(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    Instant.ofEpochMilli(job.path("start-time").asLong()),
                    tasks.path("total").asInt(),
                    tasks.path("running").asInt()));
        }
        jobs.sort(Comparator.comparing(JobOverview::start).reversed());
        return jobs;
    }

    /** The newest run of the job of that name, one that has not ended preferred. */
    public Optional<JobOverview> newestJob(String name) {
        return jobs().stream().filter(job -> job.name().equals(name)).min(Comparator.comparing(JobOverview::isEnded));
    }

    /** The job of that id; empty when the cluster does not know it. */
    public Optional<JobOverview> job(String jobId) {
        return jobs().stream().filter(job -> job.id().equals(jobId)).min(Comparator.comparing(JobOverview::isEnded));
    }

    /** @return the id under which the cluster keeps the jar */
    public String uploadJar(Path jar) {
        String stored =
                rest.upload("/jars/upload", "jarfile", jar).path("filename").asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    public void deleteJar(String jarId) {
        rest.delete("/jars/" + encode(jarId));
    }

    /** @return the id of the job, which has been accepted but may not run yet */
    public String runJar(String jarId, JarRun run) {
        ObjectNode body = object();
        if (run.entryClass() != null) {
            body.put("entryClass", run.entryClass());
        }
        run.arguments().forEach(body.putArray("programArgsList")::add);
        if (run.parallelism() != null) {
            body.put("parallelism", run.parallelism());
        }
        if (run.jobId() != null) {
            body.put("jobId", run.jobId());
        }
        if (run.restoreFrom() != null) {
            body.put("savepointPath", run.restoreFrom());
            body.put("claimMode", run.claim() ? "CLAIM" : "NO_CLAIM");
        }
        body.put("allowNonRestoredState", false);
        run.flinkConfiguration().forEach(body.putObject("flinkConfiguration")::put);
        return rest.post("/jars/" + encode(jarId) + "/run", body, RUN_LIMIT)
                .path("jobid")
                .asText();
    }

    public void cancel(String jobId) {
        rest.patch("/jobs/" + jobId + "?mode=cancel");
    }

    /** Takes a checkpoint now. */
    public void checkpoint(String jobId, Duration timeout) {
        ObjectNode body = object().put("checkpointType", "CONFIGURED");
        awaitOperation("/jobs/" + jobId + "/checkpoints", body, timeout, "the checkpoint");
    }

    /**
     * Stops the job once its savepoint is complete; a job whose savepoint fails goes on running.
     *
     * @param directory null for the cluster's default
     * @return where the savepoint lies
     */
    public String stopWithSavepoint(String jobId, String directory, Duration timeout) {
        ObjectNode body = object().put("drain", false).put("formatType", "CANONICAL");
        if (directory != null) {
            body.put("targetDirectory", directory);
        }
        return awaitOperation("/jobs/" + jobId + "/stop", body, timeout, "the savepoint")
                .path("location")
                .asText();
    }

    public CheckpointSummary checkpoints(String jobId) {
        JsonNode all = rest.get("/jobs/" + jobId + "/checkpoints");
        JsonNode last = all.path("latest").path("completed");
        return new CheckpointSummary(
                all.path("counts").path("completed").asLong(),
                all.path("counts").path("failed").asLong(),
                all.path("counts").path("restored").asLong(),
                last.has("trigger_timestamp")
                        ? Instant.ofEpochMilli(last.path("trigger_timestamp").asLong())
                        : null,
                last.path("state_size").asLong(),
                last.path("external_path").asText(null),
                all.path("latest").path("restored").path("external_path").asText(null));
    }

    /** How often the job restarted since it was submitted. */
    public long restarts(String jobId) {
        return rest.get("/jobs/" + jobId + "/metrics?get=numRestarts")
                .path(0)
                .path("value")
                .asLong();
    }

    /** The first line of the exception that stopped or restarted the job last; empty when there is none. */
    public Optional<String> lastFailure(String jobId) {
        JsonNode history = rest.get("/jobs/" + jobId + "/exceptions")
                .path("exceptionHistory")
                .path("entries");
        String stack = history.path(0).path("stacktrace").asText("");
        return FailureReason.of(stack);
    }

    /**
     * Sums of the numeric operator metrics whose name ends with one of {@code suffixes}, over all tasks of the job.
     *
     * @return by suffix; a metric that no task has is left out
     */
    public Map<String, Long> operatorSums(String jobId, List<String> suffixes) {
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode vertex : rest.get("/jobs/" + jobId).path("vertices")) {
            String base = "/jobs/" + jobId + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            Map<String, String> wanted = new TreeMap<>();
            for (JsonNode metric : rest.get(base)) {
                String name = metric.path("id").asText();
                suffixes.stream().filter(s -> name.endsWith("." + s)).forEach(s -> wanted.put(name, s));
            }
            if (!wanted.isEmpty()) {
                String names = encode(String.join(",", wanted.keySet()));
                for (JsonNode metric : rest.get(base + "?agg=sum&get=" + names)) {
                    String suffix = wanted.get(metric.path("id").asText());
                    if (suffix != null) {
                        sums.merge(suffix, (long) metric.path("sum").asDouble(), Long::sum);
                    }
                }
            }
        }
        return sums;
    }

    private JsonNode awaitOperation(String path, ObjectNode body, Duration timeout, String what) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String trigger = rest.post(path, body).path("request-id").asText();
        String status = path.endsWith("/stop") ? path.replace("/stop", "/savepoints/") + trigger : path + "/" + trigger;
        while (true) {
            JsonNode answer = rest.get(status);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode failure = answer.path("operation").path("failure-cause");
                if (!failure.isMissingNode() && !failure.isNull()) {
                    String reason = FailureReason.of(failure.path("stack-trace").asText(""))
                            .orElse("no reason given");
                    throw new FlinkRestException(500, what + " failed: " + reason, null);
                }
                return answer.path("operation");
            }
            if (System.nanoTime() > deadline) {
                throw new FlinkRestException(500, what + " was not complete after " + timeout.toSeconds() + " s", null);
            }
            try {
                Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FlinkRestException(500, "interrupted while waiting for " + what, e);
            }
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
