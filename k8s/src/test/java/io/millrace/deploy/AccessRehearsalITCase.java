package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.smoke.Smoke;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.testing.flink.FlinkProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights that the chart gives are enough for the jobs and for the smoke test, on a broker that enforces them. */
@Timeout(900)
class AccessRehearsalITCase {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final List<Manifest> MANIFESTS = Project.render("dev");
    /** Those that need nothing but Kafka: the audit job has a lake. */
    private static final List<String> JOBS =
            List.of("tasks", "agents", "digest", "analytics", "slo", "notifications", "rollout", "workflows");

    @TempDir
    Path directory;

    @Test
    void jobsWorkWithTheRightsTheyHave() throws Exception {
        DeployedJob tasks = job("tasks");
        try (GuardedKafka kafka = GuardedKafka.start(directory, MANIFESTS);
                FlinkProcesses flink = tasks.start(directory, 1, JOBS.size())) {
            Map<String, String> runs = new HashMap<>();
            for (String name : JOBS) {
                runs.put(name, submit(flink.rest(), kafka, job(name)));
            }
            for (String run : runs.values()) {
                flink.jobs().awaitRunning(run, LIMIT);
            }
            KafkaConnection smoke = KafkaConnection.to(kafka.bootstrapServers(), kafka.client("smoke"), word -> {});

            assertThat(List.of(
                            new Smoke(smoke, LIMIT).task(),
                            new Smoke(smoke, LIMIT).call(null),
                            new Smoke(smoke, LIMIT).deadLetter()))
                    .allSatisfy(verdict ->
                            assertThat(verdict.isWell()).as(verdict.toString()).isTrue());
            for (Map.Entry<String, String> run : runs.entrySet()) {
                flink.jobs().awaitCheckpoints(run.getValue(), 2, LIMIT);
                assertThat(flink.rest().restarts(run.getValue()))
                        .as(run.getKey())
                        .isZero();
            }
            assertThat(new Smoke(smoke, LIMIT).health(flink.rest()).isWell()).isTrue();
        }
    }

    @Test
    void whoHasNoRightMayNot() throws Exception {
        try (GuardedKafka kafka = GuardedKafka.start(directory, MANIFESTS)) {
            Map<String, Object> client = new HashMap<>(kafka.client("digest-job"));
            client.put("bootstrap.servers", kafka.bootstrapServers());
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("digests", "mine")).get();

                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("reminders", "not mine"))
                                .get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    private static DeployedJob job(String name) {
        return new DeployedJob(Project.find(MANIFESTS, "FlinkDeployment/millrace-" + name));
    }

    private String submit(FlinkRest rest, GuardedKafka kafka, DeployedJob job) throws Exception {
        String[] more = {
            "--kafka.properties-file",
            kafka.clientProperties(job.name() + "-job").toString()
        };
        Path key = Files.writeString(directory.resolve("approval.key"), "0123456789abcdef0123456789abcdef");
        if (job.name().equals("workflows")) {
            more = new String[] {more[0], more[1], "--approval.key-file", key.toString()};
        } else if (job.name().equals("agents")) {
            Path keys = Files.createDirectories(directory.resolve("keys"));
            more = new String[] {
                more[0], more[1], "--approval.key-file", key.toString(), "--keys.directory", keys.toString()
            };
        }
        return rest.runJar(rest.uploadJar(job.jar()), job.run(kafka.bootstrapServers(), 1, more));
    }
}
