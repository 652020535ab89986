package io.millrace.local.platform;

import io.millrace.local.door.RestToken;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.operations.flink.JobOverview;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.PortInUseException;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the parts together and takes them apart: data directory, broker, topics, cluster, jobs. A job resumes from the
 * newest state in the data directory, so reminders that were pending when the process ended, however it ended, are
 * sent.
 */
public final class Platform implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(5);
    private static final Duration JOB_END = Duration.ofSeconds(5);
    private static final Duration LATER_END = Duration.ofSeconds(5);

    private final PlatformOptions options;
    private final List<LocalJob> jobs;
    /** In the order they were started; closed in the reverse one. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Instant started = Instant.now();
    private volatile boolean resumed;
    private final List<LocalJob> startedJobs = new CopyOnWriteArrayList<>();
    private volatile boolean allRun;
    private volatile PlatformException laterFailure;
    private DataDirectory data;
    private String kafka;
    private URI dashboard;
    private FlinkRest flink;

    private Platform(PlatformOptions options, List<LocalJob> jobs) {
        this.options = options;
        this.jobs = jobs;
    }

    /**
     * Starts everything and returns when every job runs, but for those that start later, see {@link #allRun}.
     *
     * @param progress told in a few words what is being done, for people
     * @throws PlatformException when something does not start; nothing is left running then
     */
    public static Platform start(PlatformOptions options, List<LocalJob> jobs, Consumer<String> progress) {
        Platform platform = new Platform(options, jobs);
        try {
            platform.startParts(progress);
            return platform;
        } catch (PortInUseException e) {
            platform.close();
            throw new PlatformException(e.getMessage(), e);
        } catch (RuntimeException e) {
            Optional<String> full = Room.whenFull(options.dataDirectory());
            platform.close();
            throw full.<RuntimeException>map(told -> new PlatformException(told, e))
                    .orElse(e);
        }
    }

    /**
     * The JDK's client reads it once, at its first request: that is one of this platform to Flink, before the agents job
     * could ask for it to send requests to the address that it checked.
     */
    private static void letRequestsNameTheirHost() {
        String names = "jdk.httpclient.allowRestrictedHeaders";
        if (System.getProperty(names) == null) {
            System.setProperty(names, "host");
        }
    }

    private void startParts(Consumer<String> progress) {
        letRequestsNameTheirHost();
        data = started(DataDirectory.lock(options.dataDirectory()));
        JobSecrets.ensure(options.dataDirectory());
        Room.requireOnDisk(options.dataDirectory(), Room.DISK);
        Room.requireInMemory(Room.MEMORY);
        Ports.requireFree(options.kafkaPort(), "Kafka", "--kafka-port");
        Ports.requireFree(options.webPort(), "the Flink dashboard", "--web-port");
        Ports.requireFree(options.metricsPort(), "Prometheus metrics", "--metrics-port");

        progress.accept("starting Kafka");
        kafka = started(KafkaBroker.at(data.kafka()).port(options.kafkaPort()).start())
                .bootstrapServers();
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.ensure(topicsOfJobs());
        }

        progress.accept("starting Flink");
        int slots = options.parallelism() * jobs.size();
        Path token = data.newRestToken();
        FlinkCluster cluster = started(
                FlinkCluster.start(FlinkSettings.of(options, data, data.emptyTemporary(), token, slots, jobs), slots));
        dashboard = cluster.address();
        // While jobs start, a busy machine leaves requests waiting for longer than a person would; none of them is
        // lost.
        flink = new FlinkRest(dashboard, JobStarter.START_LIMIT, () -> RestToken.read(token));

        // Also when only some of them have started; who ends it waits.
        FlinkRest last = new FlinkRest(dashboard, () -> RestToken.read(token));
        parts.push(() -> endJobs(last));
        List<LocalJob> first = jobs.stream().filter(job -> !job.later()).toList();
        if (first.isEmpty()) {
            first = jobs;
        }
        progress.accept(
                "starting the jobs " + first.stream().map(LocalJob::name).collect(Collectors.joining(", ")));
        resumeAll(first);
        resumeLater(jobs.stream().filter(Predicate.not(first::contains)).toList());
    }

    /** One after the other, while the first ones are of use already. */
    private void resumeLater(List<LocalJob> later) {
        ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "later-jobs");
            thread.setDaemon(true);
            return thread;
        });
        starter.submit(() -> {
            for (LocalJob job : later) {
                if (!Thread.currentThread().isInterrupted()) {
                    resumeUnlessItFails(job);
                }
            }
            allRun = laterFailure == null && !Thread.currentThread().isInterrupted();
        });
        started(() -> {
            starter.shutdownNow();
            starter.awaitTermination(LATER_END.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** What is wrong with one keeps none of the others from starting; the first failure is told. */
    private void resumeUnlessItFails(LocalJob job) {
        try {
            resume(job);
        } catch (RuntimeException e) {
            LOG.error("The job {} does not start", job.name(), e);
            if (laterFailure == null) {
                laterFailure = e instanceof PlatformException told
                        ? told
                        : new PlatformException("the job " + job.name() + " could not be started: " + e, e);
            }
        }
    }

    /** Whether the jobs run that start later, too. */
    public boolean allRun() {
        return allRun;
    }

    /** Why one of the jobs that start later did not; the others run. */
    public Optional<String> laterFailure() {
        return Optional.ofNullable(laterFailure).map(Throwable::getMessage);
    }

    /** One topic may be written by one job and read by another. */
    private Collection<TopicSpec> topicsOfJobs() {
        Map<String, TopicSpec> topics = new TreeMap<>();
        jobs.forEach(job ->
                job.topics(System.getenv()).forEach(topic -> topics.merge(topic.name(), topic, Platform::stricter)));
        return topics.values();
    }

    /** The one that says more of the topic: who only writes to it does not care how many partitions it has. */
    private static TopicSpec stricter(TopicSpec one, TopicSpec other) {
        return other.settings().size() > one.settings().size() ? other : one;
    }

    /** At once: each waits for others more than it works. */
    private void resumeAll(List<LocalJob> first) {
        ExecutorService starters = Executors.newFixedThreadPool(first.size());
        try {
            List<Future<?>> started = new ArrayList<>();
            first.forEach(job -> started.add(starters.submit(() -> resume(job))));
            for (Future<?> one : started) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while the jobs started", e);
        } finally {
            starters.shutdownNow();
        }
    }

    /** Those that have started so far. */
    public List<LocalJob> startedJobs() {
        return List.copyOf(startedJobs);
    }

    private void resume(LocalJob job) {
        List<Checkpoints.Candidate> candidates = Checkpoints.find(data.checkpoints(), data.savepoints(), job.jobId());
        List<String> arguments = job.arguments(kafka, options.dataDirectory(), System.getenv());
        Optional<Checkpoints.Candidate> from =
                new JobStarter(flink).resume(job.jar(), job.entryClass(), arguments, job.jobId(), candidates);
        if (from.isPresent()) {
            resumed = true;
        }
        startedJobs.add(job);
        LOG.info(
                "The job {} started from {}",
                job.name(),
                from.map(Object::toString).orElse("no state"));
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /** {@code host:port} for any Kafka client. */
    public String kafka() {
        return kafka;
    }

    public URI dashboard() {
        return dashboard;
    }

    public URI metrics() {
        return URI.create("http://localhost:" + options.metricsPort() + "/metrics");
    }

    /** The root of the project. */
    public Path home() {
        return options.home();
    }

    public Path dataDirectory() {
        return options.dataDirectory();
    }

    /**
     * Since when a job may have been down at times: since the data directory was made, when this start resumed from it,
     * else since this start, when a job restarted after it.
     *
     * @return null when every job has run without interruption since the directory was made
     */
    public Instant interruptedSince() {
        if (resumed) {
            return data.made();
        }
        boolean restarted = startedJobs.stream().anyMatch(this::hasRestarted);
        return restarted ? started : null;
    }

    private boolean hasRestarted(LocalJob job) {
        try {
            // A redeployed job is a new run that was restored.
            return flink.restarts(job.jobId()) > 0
                    || flink.checkpoints(job.jobId()).restoredFrom() != null;
        } catch (FlinkRestException e) {
            return true;
        }
    }

    public FlinkRest flink() {
        return flink;
    }

    /**
     * Takes a last checkpoint of every job, so that the next start has little to read again, and cancels it; a
     * cancelled job keeps its checkpoints. State is safe without either.
     */
    private void endJobs(FlinkRest rest) {
        for (LocalJob job : jobs) {
            try {
                if (rest.job(job.jobId()).map(JobOverview::isFullyRunning).orElse(false)) {
                    rest.checkpoint(job.jobId(), LAST_CHECKPOINT);
                    rest.cancel(job.jobId());
                    new JobStarter(rest).awaitEnded(job.jobId(), JOB_END);
                }
            } catch (FlinkRestException | PlatformException e) {
                LOG.warn("The job {} did not end cleanly: {}", job.name(), e.getMessage());
            }
        }
    }

    /** Stops everything, within about half a minute at worst; does nothing the second time. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part of the platform did not stop cleanly", e);
            }
        }
    }
}
