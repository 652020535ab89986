package io.millrace.bench.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.JobTopics;
import io.millrace.bench.meter.Percentiles;
import io.millrace.bench.meter.TopicLog;
import io.millrace.jobs.agents.AgentsJob;
import io.millrace.jobs.conversations.ConversationsJob;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.workflows.WorkflowsJob;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.testing.flink.JobCluster;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;

/**
 * Turns of customers through the conversations, the workflows and the agents job, each on one slot, with the workflow of
 * the documentation and agents that answer at once. Times are the broker's.
 */
public final class TurnsRun implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(1_500);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final InstantAgents agents;
    private final TalkTopics topics;
    private final Consumer<String> progress;
    private final Map<Job, JobID> jobs = new HashMap<>();

    /**
     * @param directory for everything; empty
     * @param workflow the file with the workflow of turns
     * @param flink settings of Flink
     */
    public TurnsRun(Path directory, Path workflow, Map<String, String> flink, Consumer<String> progress)
            throws Exception {
        this.progress = progress;
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(directory.resolve("flink"), 1, 3, flink);
        agents = InstantAgents.start();
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(JobTopics.of(ConversationsJob.JOB, WorkflowsJob.JOB, AgentsJob.JOB));
        }
        topics = new TalkTopics(broker.bootstrapServers());
        run(AgentsJob.JOB, "--http.allowed-networks", "127.0.0.0/8;::1");
        run(WorkflowsJob.JOB);
        run(ConversationsJob.JOB, conversations(directory));
        InstantAgents.ANSWERS.keySet().forEach(this::register);
        String text = Files.readString(workflow);
        WorkflowDefined defined = new WorkflowDefined(
                TalkTopics.envelope("workflow.defined"),
                "customer-turn",
                "1.0.0",
                WorkflowDefined.digestOf(text),
                text);
        topics.publish(Topics.WORKFLOW_DEFINITIONS, defined.key(), defined.toJson());
        topics.flush();
    }

    /** The keys of the vault, and the settings. */
    static String[] conversations(Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token.key"), "0123456789abcdef".repeat(2));
        Path master = Files.writeString(directory.resolve("vault.key"), "ab".repeat(32) + "\n");
        return new String[] {
            "--quiet-time",
            QUIET.toMillis() + " ms",
            "--business-hours",
            "always",
            "--vault.hmac-key-file",
            token.toString(),
            "--vault.master-key-file",
            master.toString()
        };
    }

    private void run(Job job, String... arguments) throws Exception {
        String[] all = Stream.concat(
                        Stream.of("--kafka.bootstrap-servers", broker.bootstrapServers()), Stream.of(arguments))
                .toArray(String[]::new);
        jobs.put(job, cluster.run(1, env -> job.define(JobEnvironment.prepare(env), all)));
    }

    private void register(String agent) {
        String json =
                """
                {"schema_version":1,"event_id":"%s","event_type":"agent.registered","occurred_at":"%s","agent":"%s",
                 "version":1,"type":"OTHER","transport":{"kind":"http","url":"%s"},"timeout_ms":60000}
                """
                        .formatted(UUID.randomUUID(), Instant.now(), agent, agents.url(agent));
        topics.publish(Topics.AGENT_REGISTRY, agent, json.getBytes(StandardCharsets.UTF_8));
    }

    /** What the process takes while nobody writes: share of one core. */
    public void idle(Duration length, Figures figures) throws InterruptedException {
        progress.accept("nobody writes …");
        long start = System.nanoTime();
        long before = cpuNanos();
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        figures.add("idle_cpu_of_a_core", (cpuNanos() - before) / (double) (System.nanoTime() - start));
    }

    /** Messages that are no part of the figures. */
    public void warmUp(int customers, int perMinute, Duration length) throws Exception {
        progress.accept("warming up …");
        load("warm", customers, perMinute, length, new Figures());
    }

    /**
     * Each customer writes in turn, by a schedule that waits for nobody.
     *
     * @throws IllegalStateException when a customer wrote again before there was an answer, or another number of turns
     *     was begun than messages were written: then the machine is too slow for that rate
     */
    public void turns(int customers, int perMinute, Duration length, Figures figures) throws Exception {
        progress.accept(String.format("%,d messages a minute of %,d customers …", perMinute, customers));
        int messages = load("c", customers, perMinute, length, figures);
        Map<String, Integer> written = new HashMap<>();
        Map<String, Long> asked = topics.times(Topics.CONVERSATION_EVENTS, event -> {
            String conversation = event.path("conversation_id").asText();
            return conversation.startsWith("c-")
                    ? conversation + "/" + written.merge(conversation, 1, Integer::sum)
                    : null;
        });
        Map<String, Long> begun = topics.times(
                Topics.WORKFLOW_COMMANDS,
                command -> command.path("event_type").asText().equals("workflow.start") ? turn(command) : null);
        Map<String, Long> ended = topics.times(
                Topics.WORKFLOW_RUNS, run -> run.path("state").asText().equals("completed") ? turn(run) : null);
        Map<String, Long> told = topics.times(Topics.CONVERSATION_REPLIES, reply -> {
            String conversation = reply.path("conversation_id").asText();
            boolean counts =
                    conversation.startsWith("c-") && reply.path("kind").asText().equals("answer");
            return counts ? conversation + "/" + reply.path("turn").asInt() : null;
        });
        if (!begun.keySet().equals(asked.keySet()) || !told.keySet().equals(asked.keySet())) {
            throw new IllegalStateException(messages + " messages came to " + begun.size() + " turns and " + told.size()
                    + " answers: this machine is too slow for " + perMinute + " a minute");
        }
        figures.addMillis("turn_beyond_quiet_time", between(asked, told, QUIET.toMillis()));
        figures.addMillis("begin_beyond_quiet_time", between(asked, begun, QUIET.toMillis()));
        figures.addMillis("run", between(begun, ended, 0));
        figures.addMillis("reply", between(ended, told, 0));
    }

    private static String turn(JsonNode of) {
        String conversation = of.at("/attributes/conversation").asText();
        return conversation.startsWith("c-")
                ? conversation + "/" + of.at("/attributes/turn").asText()
                : null;
    }

    private static Percentiles between(Map<String, Long> from, Map<String, Long> to, long less) {
        return Percentiles.of(to.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.get(end.getKey()) - less)
                .toArray());
    }

    /** @return how many messages there were */
    private int load(String prefix, int customers, int perMinute, Duration length, Figures figures) throws Exception {
        int messages = Math.toIntExact(perMinute * length.toSeconds() / 60);
        long start = System.nanoTime();
        long before = cpuNanos();
        for (int i = 0; i < messages; i++) {
            long due = start + TimeUnit.MINUTES.toNanos(i) / perMinute;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            topics.write(prefix + "-" + i % customers);
        }
        topics.flush();
        figures.add("cpu_of_a_core", (cpuNanos() - before) / (double) (System.nanoTime() - start));
        awaitSilence();
        return messages;
    }

    /** Until no customer has been told anything for a while: a turn that is given up for another one has no reply. */
    private void awaitSilence() throws InterruptedException {
        try (TopicLog replies = new TopicLog(broker.bootstrapServers(), Topics.CONVERSATION_REPLIES)) {
            long size = -1;
            while (replies.size() > size) {
                size = replies.size();
                TimeUnit.NANOSECONDS.sleep(SILENCE.toNanos());
            }
            progress.accept(String.format("  %,d replies so far", size));
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Override
    public void close() throws Exception {
        for (JobID job : jobs.values()) {
            cluster.cancel(job);
        }
        topics.close();
        cluster.close();
        agents.close();
        broker.close();
    }
}
