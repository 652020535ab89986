package io.millrace.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.JobTopics;
import io.millrace.bench.meter.Percentiles;
import io.millrace.bench.meter.TopicLog;
import io.millrace.jobs.rollout.RolloutJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.flink.JobCluster;
import io.millrace.testing.kafka.TopicProbe;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Roll-outs through a broker and the rollout job on one slot. Times are the broker's. */
public final class RolloutRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 20;
    private static final String BY_HAND = "hand-";
    private static final String BY_EVIDENCE = "evidence-";
    private static final String FLAG =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";

    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final TopicProbe probe;
    private final Consumer<String> progress;

    /**
     * @param directory for everything; empty
     * @param flink settings of Flink
     */
    public RolloutRun(Path directory, Map<String, String> flink, Consumer<String> progress) throws Exception {
        this.progress = progress;
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(directory.resolve("flink"), 1, 1, flink);
        probe = new TopicProbe(broker, JobTopics.of(RolloutJob.JOB));
    }

    private JobID job(String... more) throws Exception {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "--kafka.bootstrap-servers";
        all[1] = broker.bootstrapServers();
        all[2] = "--interval";
        all[3] = "1 s";
        return cluster.run(1, env -> RolloutJob.JOB.define(JobEnvironment.prepare(env), all));
    }

    /**
     * Signals that lie there when the job is started: those that it reads from when it tells of the first interval until it tells of the
     * last. What it may have read before is left out, so that it is rather more.
     */
    public void rate(int signals, int flags, int round, Figures figures) throws Exception {
        String in = "signals-" + round;
        String out = "inbox-" + round;
        progress.accept(String.format("%,d signals …", signals));
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(List.of(TopicSpec.logAppended(in, PARTITIONS), TopicSpec.logAppended(out, PARTITIONS)));
        }
        publish(in, signals, flags);
        JobID job = job("--topics.health-signals", in, "--topics.rollout-inbox", out, "--kafka.group-id", in);
        try (TopicLog log = new TopicLog(broker.bootstrapServers(), out)) {
            counted(log, signals, figures);
        } finally {
            cluster.cancel(job);
        }
    }

    private void publish(String topic, int signals, int flags) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(LIMIT.toMillis()));
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < signals; i++) {
                String flag = "f" + i % flags;
                byte[] signal = signal(flag, i % 2 == 0 ? "new" : "old", 1, i % 50 == 0 ? 1 : 0);
                producer.send(
                        new ProducerRecord<>(topic, flag.getBytes(StandardCharsets.UTF_8), signal),
                        (sent, e) -> failure.compareAndSet(null, e));
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("not all signals could be published", failure.get());
        }
    }

    /** What was counted so far. When the first interval is told of, the next one has been read in part. */
    private static final class Counted {
        private static final int READ_BEFORE = 2;

        private final TreeMap<Long, Long> byInterval = new TreeMap<>();
        private long requests;
        private long first = Long.MAX_VALUE;
        private long last;

        void add(ConsumerRecord<byte[], byte[]> record) {
            JsonNode counted = TopicProbe.json(record);
            long from = Instant.parse(counted.path("from").asText()).toEpochMilli();
            for (JsonNode variant : counted.path("variants")) {
                requests += variant.path("requests").asLong();
                byInterval.merge(from, variant.path("requests").asLong(), Long::sum);
            }
            first = Math.min(first, record.timestamp());
            last = Math.max(last, record.timestamp());
        }

        /** How many were surely read after the first interval was told of. */
        long later() {
            if (byInterval.size() <= READ_BEFORE || first == last) {
                throw new IllegalStateException("all were counted before it could be measured: give more signals");
            }
            return byInterval.values().stream()
                    .skip(READ_BEFORE)
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private void counted(TopicLog log, int signals, Figures figures) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Counted counted = new Counted();
        var read = new HashMap<>(log.ends());
        read.replaceAll((partition, end) -> 0L);
        long cpuAtFirst = 0;
        long cpu = 0;
        while (counted.requests < signals) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(counted.requests + " of " + signals + " signals were counted in " + LIMIT);
            }
            var ends = log.ends();
            log.read(read, ends, counted::add);
            read.putAll(ends);
            cpu = cpuNanos();
            if (cpuAtFirst == 0 && counted.requests > 0) {
                cpuAtFirst = cpu;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        double perSecond = counted.later() * 1_000.0 / (counted.last - counted.first);
        figures.add("signals_per_second", perSecond);
        figures.add("signals_per_core_second", counted.later() * 1e9 / (cpu - cpuAtFirst));
        progress.accept(String.format("  %,.0f a second", perSecond));
    }

    private static byte[] signal(String flag, String variant, long requests, long errors) {
        return new HealthSignal(
                        envelope("health.signal"),
                        flag,
                        variant,
                        "service",
                        requests,
                        errors,
                        requests == 1 ? 87L : null,
                        List.of(),
                        Map.of(),
                        null)
                .toJson();
    }

    private static Envelope envelope(String type) {
        // The secure generator would be most of what it takes to publish.
        UUID id = new UUID(
                ThreadLocalRandom.current().nextLong(),
                ThreadLocalRandom.current().nextLong());
        return new Envelope(id, type, Instant.now(), Envelope.DEFAULT_TENANT, null, null);
    }

    /** From what decides, in the log, to the flag as it is wanted, in the log: a command, and the signal that shows it to be worse. */
    public void latency(int flags, Figures figures) throws Exception {
        progress.accept(String.format("%,d roll-outs by command, as many by evidence …", flags));
        JobID job = job();
        for (int i = 0; i < flags; i++) {
            define(BY_HAND + i);
            define(BY_EVIDENCE + i);
        }
        probe.flush();
        for (int i = 0; i < flags; i++) {
            command(BY_HAND + i, RolloutCommand.Action.START);
            command(BY_EVIDENCE + i, RolloutCommand.Action.START);
        }
        probe.flush();
        times(Topics.FLAGS, 2 * flags, "", record -> isAt(record, 1));
        for (int i = 0; i < flags; i++) {
            TimeUnit.MILLISECONDS.sleep(1_000 / PER_SECOND);
            command(BY_HAND + i, RolloutCommand.Action.ROLL_BACK);
            probe.publish(Topics.HEALTH_SIGNALS, BY_EVIDENCE + i, signal(BY_EVIDENCE + i, "old", 1_000, 10));
            probe.publish(Topics.HEALTH_SIGNALS, BY_EVIDENCE + i, signal(BY_EVIDENCE + i, "new", 1_000, 500));
        }
        probe.flush();
        figures.addMillis(
                "command_to_flag",
                between(
                        times(Topics.ROLLOUT_COMMANDS, flags, BY_HAND, record -> TopicProbe.json(record)
                                .path("action")
                                .asText()
                                .equals("roll_back")),
                        times(Topics.FLAGS, flags, BY_HAND, record -> isAt(record, 2))));
        Map<String, Long> signals = times(Topics.HEALTH_SIGNALS, flags, BY_EVIDENCE, record -> TopicProbe.json(record)
                .path("variant")
                .asText()
                .equals("new"));
        Map<String, Long> back = times(Topics.ROLLOUT_EVENTS, flags, BY_EVIDENCE, record -> TopicProbe.json(record)
                .path("kind")
                .asText()
                .equals("rolled_back"));
        Map<String, Long> written = times(Topics.FLAGS, flags, BY_EVIDENCE, record -> isAt(record, 2));
        figures.addMillis("signal_to_verdict", between(signals, back));
        figures.addMillis("verdict_to_flag", between(back, written));
        figures.addMillis("signal_to_flag", between(signals, written));
        cluster.cancel(job);
    }

    private void define(String flag) {
        probe.publish(Topics.FLAGS, flag, FLAG.getBytes(StandardCharsets.UTF_8));
        String health = flag.startsWith(BY_EVIDENCE)
                ? ",\"health\":{\"sources\":[{\"name\":\"service\"}],\"warm_up_seconds\":0}"
                : "";
        String definition =
                """
                {"schema_version":1,"event_id":"%s","event_type":"rollout.defined","occurred_at":"%s","name":"%s","flag":"%s","to":"new",
                 "from":"old","strategy":"progressive","steps":[{"percent":50,"hold_seconds":36000},{"percent":100}]%s}
                """
                        .formatted(UUID.randomUUID(), Instant.now(), flag, flag, health);
        probe.publish(Topics.ROLLOUT_DEFINITIONS, flag, definition.getBytes(StandardCharsets.UTF_8));
    }

    private void command(String flag, RolloutCommand.Action action) {
        RolloutCommand command = new RolloutCommand(envelope("rollout.command"), flag, action, "bench", null, null);
        probe.publish(Topics.ROLLOUT_COMMANDS, flag, command.toJson());
    }

    private static boolean isAt(ConsumerRecord<byte[], byte[]> record, int revision) {
        return TopicProbe.json(record).at("/metadata/millrace_revision").asInt() == revision;
    }

    /** When the first record of each key came that matters. */
    private Map<String, Long> times(
            String topic, int wanted, String prefix, Predicate<ConsumerRecord<byte[], byte[]>> matters)
            throws InterruptedException, TimeoutException {
        try (TopicLog log = new TopicLog(broker.bootstrapServers(), topic)) {
            return log.awaitTimes(wanted, LIMIT, record -> {
                String key = TopicProbe.key(record);
                return key.startsWith(prefix) && matters.test(record) ? key : null;
            });
        }
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

    @Override
    public void close() throws Exception {
        probe.close();
        cluster.close();
        broker.close();
    }
}
