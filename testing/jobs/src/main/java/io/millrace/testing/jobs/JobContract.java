package io.millrace.testing.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.SourceMetrics;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobDescriptor;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.testing.flink.SettingsTable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

/**
 * What must be true of every job. A job's test extends it; with {@code -Dmillrace.refresh=true} what is generated is
 * written anew.
 */
public abstract class JobContract {
    private final Job job;
    private final Class<?> main;
    private final List<Class<?>> metrics;

    /**
     * @param main the class of its {@code main}
     * @param metrics classes whose constants of type String, but for private ones, are names of metrics, beside those
     *     of every job
     */
    protected JobContract(Job job, Class<?> main, Class<?>... metrics) {
        this.job = job;
        this.main = main;
        this.metrics = Stream.concat(Stream.of(SourceMetrics.class, Rejections.class), Stream.of(metrics))
                .toList();
    }

    private StreamGraph graph(Configuration values) {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(2);
        required().forEach(values::setString);
        job.build(env, values);
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        return env.getStreamGraph();
    }

    private static StreamExecutionEnvironment environment() {
        return JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));
    }

    /** Builds the job as whoever submits it does; a setting that is wrong fails it before Kafka is asked. */
    protected final void define(String... arguments) {
        job.define(environment(), arguments);
    }

    protected final StreamGraph graph() {
        return graph(new Configuration());
    }

    /** Settings without which the job can't be built, and values of them. */
    protected Map<String, String> required() {
        return Map.of();
    }

    @Test
    void uidsAndStatesAreThoseOfTheSavepointsThatAreAround() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("max-parallelism " + JobEnvironment.MAX_PARALLELISM);
        lines.addAll(GraphLayout.of(graph()));

        requireGolden(
                Path.of("src/test/resources/" + job.name() + "-job.golden"),
                String.join("\n", lines) + "\n",
                "Savepoints of earlier builds may not fit this one. If that is meant, write under \"Migration\" in"
                        + " CHANGELOG.md what becomes of their state (which uid or state is new, renamed or gone, and how to"
                        + " upgrade), then run this test with -Dmillrace.refresh=true");
    }

    @Test
    void whatThePlatformKnowsOfTheJobIsInItsJar() throws Exception {
        requireGolden(
                Path.of("src/main/resources/" + JobDescriptor.PATH),
                JobDescriptor.of(job, main).toJson(),
                "what is written into the jar; run this test with -Dmillrace.refresh=true");
    }

    private static void requireGolden(Path golden, String actual, String what) throws IOException {
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(golden).as(what).isRegularFile();
        assertThat(actual).as(what).isEqualTo(Files.readString(golden));
    }

    @Test
    void everyOperatorHasAUidAndIsMadeForTheFixedMaximumParallelism() {
        StreamGraph graph = graph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotBlank());
        assertThat(graph.getExecutionConfig().getMaxParallelism()).isEqualTo(JobEnvironment.MAX_PARALLELISM);
        assertThat(graph.getJobGraph().getVertices())
                .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism()).isIn(JobEnvironment.MAX_PARALLELISM, -1));
    }

    @Test
    void everySettingIsDescribedAndMayBeAnArgument() {
        assertThat(job.options()).extracting(ConfigOption::key).doesNotHaveDuplicates();
        assertThat(job.options()).allSatisfy(option -> assertThat(SettingsTable.description(option))
                .endsWith("."));
        assertThat(job.options()).noneMatch(option -> GlobalConfiguration.isSensitive(option.key()));
    }

    @Test
    void everyTopicIsOneOfItsOwn() {
        List<String> topics = job.options().stream()
                .map(ConfigOption::key)
                .filter(key -> key.startsWith("topics."))
                .toList();
        for (String one : topics) {
            for (String other : topics) {
                if (!one.equals(other)) {
                    Configuration values = new Configuration();
                    values.setString(one, "same");
                    values.setString(other, "same");

                    assertThatThrownBy(() -> graph(values))
                            .as(one + " and " + other)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("each must be a topic of its own")
                            .hasMessageContaining(one)
                            .hasMessageContaining(other);
                }
            }
        }
    }

    @Test
    void everySettingIsInTheDocumentation() throws Exception {
        Path document = document();
        String text = Files.readString(document);
        SettingsTable table = new SettingsTable(job.collector()::environmentVariable, job.options());
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(document, table.refresh(text));
        }
        text = Files.readString(document);

        assertThat(text)
                .as(document + "; run the test with -Dmillrace.refresh=true")
                .isEqualTo(table.refresh(text));
    }

    @Test
    void everyMetricIsInTheDocumentation() throws Exception {
        String text = Files.readString(document());
        String section = text.substring(text.indexOf("\n## Metrics\n"));
        for (Class<?> names : metrics) {
            for (Field field : names.getDeclaredFields()) {
                if (!Modifier.isPrivate(field.getModifiers()) && field.getType() == String.class) {
                    field.setAccessible(true);
                    assertThat(section).as("a metric").contains("`" + field.get(null) + "`");
                }
            }
        }
    }

    private Path document() {
        return Path.of("../../docs/" + job.name() + ".md");
    }
}
