package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of the tasks job, which {@code -Pimages} wrote: what is in it, and that an application's JobManager runs
 * the job from the files in it. Flink itself is this build's: no base image is downloaded. Run it with
 *
 * <pre>
 * mvn verify -Pimages -Dimage.base=scratch -Dimage.commit=COMMIT -am -pl connectors/azure,jobs/tasks,k8s
 *     -Dit.test=JobImageITCase
 * </pre>
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "image.commit", matches = "[0-9a-f]{7,40}")
class JobImageITCase {
    private static final Manifest TASKS = Project.find(Project.render("production"), "FlinkDeployment/millrace-tasks");
    private static final Path TAR = Project.HOME.resolve("jobs/tasks/target/jib-image.tar");

    @TempDir
    Path directory;

    @Test
    void theImageIsOfTheCommitAndRunsAsNobody() throws Exception {
        JsonNode config = unpack();

        assertThat(config.at("/config/User").asText()).isEqualTo("9999:9999");
        assertThat(config.at("/config/Labels/org.opencontainers.image.revision").asText())
                .isEqualTo(System.getProperty("image.commit"));
        assertThat(config.path("created").asText()).startsWith("2026-01-01T00:00:00");
    }

    @Test
    void theImageHasTheJobWhereTheManifestSaysAndNothingElse() throws Exception {
        unpack();
        Path root = directory.resolve("root");
        try (Stream<Path> files = Files.walk(root)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> "/" + root.relativize(file))
                    .toList();

            assertThat(names)
                    .containsExactlyInAnyOrder(
                            TASKS.body().at("/spec/job/jarURI").asText().replace("local://", ""),
                            "/opt/millrace/plugins/millrace-connector-azure-" + System.getProperty("project.version")
                                    + ".jar");
        }
    }

    @Test
    void aJobManagerRunsTheJobFromTheImage() throws Exception {
        unpack();
        DeployedJob job = new DeployedJob(TASKS);
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicProbe topics = new TopicProbe(broker, DeployedTopics.of(Project.render("production")));
                ApplicationProcess flink = job.startApplication(directory, broker.bootstrapServers())) {
            FlinkRest rest = flink.rest();

            Await.until(
                    "the job",
                    flink::describe,
                    () -> flink.answers() && rest.newestJob("tasks").isPresent());
            assertThat(topics.read("task-events-dlq")).isEmpty();
        }
    }

    /** @return the image's configuration; its files are in {@code root} then */
    private JsonNode unpack() throws Exception {
        run("tar", "-xf", TAR.toString(), "-C", directory.toString());
        Files.createDirectories(directory.resolve("root"));
        JsonNode manifest = Project.json(directory.resolve("manifest.json")).get(0);
        for (JsonNode layer : manifest.path("Layers")) {
            run(
                    "tar",
                    "-xzf",
                    directory.resolve(layer.asText()).toString(),
                    "-C",
                    directory.resolve("root").toString());
        }
        return Project.json(directory.resolve(manifest.path("Config").asText()));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .inheritIO()
                .start();
        assertThat(process.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
