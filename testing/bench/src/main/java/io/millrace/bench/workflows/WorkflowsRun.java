package io.millrace.bench.workflows;

import io.millrace.bench.agents.SlowAgent;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.Percentiles;
import io.millrace.jobs.agents.AgentsJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.workflows.WorkflowsJob;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.flink.JobCluster;
import io.millrace.testing.kafka.TopicProbe;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * Runs through a broker, the workflows job and the agents job, each on one slot, and an agent behind HTTP that answers at
 * once. Times are the broker's.
 */
public final class WorkflowsRun implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final int WARM_UP_RUNS = 100;
    private static final int MEGABYTE = 1 << 20;

    private static final String FIVE =
            """
            document: {dsl: '1.0.3', namespace: default, name: five, version: 1.0.0}
            do:
              - one: {call: agent, with: {agent: echo, input: {n: '${ .n }'}}}
              - two: {call: agent, with: {agent: echo, input: {n: '${ .n }'}}}
              - three: {call: agent, with: {agent: echo, input: {n: '${ .n }'}}}
              - four: {call: agent, with: {agent: echo, input: {n: '${ .n }'}}}
              - five: {call: agent, with: {agent: echo, input: {n: '${ .n }'}}}
            """;

    private static final String ASKING =
            """
            document: {dsl: '1.0.3', namespace: default, name: asking, version: 1.0.0}
            do:
              - ask:
                  call: approval
                  with: {message: 'Release it?', approvers: [ada], expires_after: {days: 7}}
              - go: {call: agent, with: {agent: echo, input: {n: 1}}}
            """;

    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final SlowAgent agent;
    private final RunTopics topics;
    private final Consumer<String> progress;
    private final List<JobID> jobs;

    /**
     * @param directory for everything; empty
     * @param flink settings of Flink
     */
    public WorkflowsRun(Path directory, Map<String, String> flink, Consumer<String> progress) throws Exception {
        this.progress = progress;
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(directory.resolve("flink"), 1, 2, flink);
        agent = SlowAgent.start();
        topics = new RunTopics(broker);
        String[] arguments = {"--kafka.bootstrap-servers", broker.bootstrapServers()};
        String[] local = {
            "--kafka.bootstrap-servers", broker.bootstrapServers(), "--http.allowed-networks", "127.0.0.0/8;::1"
        };
        jobs = List.of(
                cluster.run(1, env -> AgentsJob.JOB.define(JobEnvironment.prepare(env), local)),
                cluster.run(1, env -> WorkflowsJob.JOB.define(JobEnvironment.prepare(env), arguments)));
        topics.register("echo", agent.url(0));
        topics.define("five", FIVE);
        topics.define("asking", ASKING);
        progress.accept("warming up …");
        long warm = System.nanoTime() + WARM_UP.toNanos();
        for (int i = 0; System.nanoTime() < warm; i++) {
            start("five", "warm-" + i + "-", WARM_UP_RUNS, 0);
            ended("warm-" + i + "-", WARM_UP_RUNS);
        }
    }

    /** Starts runs by a schedule that waits for nobody; all at once when {@code perSecond} is 0. */
    private void start(String workflow, String prefix, int runs, int perSecond) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            pace(start, i, perSecond);
            topics.start(prefix + i, workflow);
        }
        topics.flush();
    }

    private static void pace(long start, int number, int perSecond) {
        if (perSecond > 0) {
            long due = start + TimeUnit.SECONDS.toNanos(number) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private Map<String, Long> started(String prefix, int runs) throws Exception {
        return topics.awaitTimes(Topics.WORKFLOW_COMMANDS, runs, record -> ofRuns(TopicProbe.key(record), prefix));
    }

    private Map<String, Long> ended(String prefix, int runs) throws Exception {
        return inState(prefix, runs, "completed");
    }

    private Map<String, Long> inState(String prefix, int runs, String state) throws Exception {
        return topics.awaitTimes(Topics.WORKFLOW_RUNS, runs, record -> {
            String run = TopicProbe.key(record).substring(TopicProbe.key(record).indexOf('/') + 1);
            boolean matters = run.startsWith(prefix)
                    && TopicProbe.json(record).path("state").asText().equals(state);
            return matters ? run : null;
        });
    }

    private static String ofRuns(String run, String prefix) {
        return run.startsWith(prefix) ? run : null;
    }

    /** From the start of a run in the log to its end in the log, at a steady rate. */
    public void latency(int perSecond, Duration length, Figures figures) throws Exception {
        int runs = Math.toIntExact(perSecond * length.toSeconds());
        progress.accept(String.format("%,d runs of five steps a second …", perSecond));
        start("five", "latency-", runs, perSecond);
        figures.addMillis("run", between(started("latency-", runs), ended("latency-", runs)));
    }

    /** Runs that are started all at once: from the first start in the log to the last end in the log. */
    public void throughput(int runs, int round, Figures figures) throws Exception {
        String prefix = "all-" + round + "-";
        progress.accept(String.format("%,d runs at once …", runs));
        long before = cpuNanos();
        start("five", prefix, runs, 0);
        Map<String, Long> ends = ended(prefix, runs);
        double cpuSeconds = (cpuNanos() - before) / 1e9;
        long first = started(prefix, runs).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        long last = ends.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        figures.add("runs_per_second", runs * 1_000.0 / (last - first));
        figures.add("runs_per_core_second", runs / cpuSeconds);
        progress.accept(String.format("  finished in %,d ms", last - first));
    }

    /** From a decision in the log to the call of the next step in the log, while others wait. */
    public void approvals(int waiting, int decided, int perSecond, Figures figures) throws Exception {
        progress.accept(String.format("%,d runs that wait for approval …", waiting));
        start("asking", "ask-", waiting, 0);
        inState("ask-", waiting, "waiting");
        System.gc();
        figures.add("heap_mb_while_waiting", heapMegabytes());
        Map<String, String> requests = new HashMap<>();
        topics.awaitTimes(Topics.APPROVAL_REQUESTS, waiting, record -> {
            String run = TopicProbe.key(record);
            if (run.startsWith("ask-")) {
                requests.put(run, TopicProbe.json(record).path("request_id").asText());
                return run;
            }
            return null;
        });
        long start = System.nanoTime();
        for (int i = 0; i < decided; i++) {
            pace(start, i, perSecond);
            topics.approve("ask-" + i, requests.get("ask-" + i));
        }
        topics.flush();
        Map<String, Long> decisions =
                topics.awaitTimes(Topics.APPROVAL_DECISIONS, decided, record -> ofRuns(TopicProbe.key(record), "ask-"));
        Map<String, Long> calls = topics.awaitTimes(
                Topics.AGENT_CALLS,
                decided,
                record -> ofRuns(TopicProbe.json(record).path("reply_key").asText(), "ask-"));
        figures.addMillis("approval", between(decisions, calls));
    }

    private static Percentiles between(Map<String, Long> from, Map<String, Long> to) {
        return Percentiles.of(to.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.get(end.getKey()))
                .toArray());
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double heapMegabytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) MEGABYTE;
    }

    @Override
    public void close() throws Exception {
        for (JobID job : jobs) {
            cluster.cancel(job);
        }
        topics.close();
        cluster.close();
        agent.close();
        broker.close();
    }
}
