package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.logic.task.SeriesKey;
import io.millrace.operators.task.TasksOperator;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.testing.flink.StateNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** By uids and state names a savepoint finds its way into a later build: this is where a change of one is noticed. */
class TasksGraphTest {
    private static final Path GOLDEN = Path.of("src/test/resources/tasks-job.golden");
    private static final TasksConfig CONFIG = TasksConfig.load(new String[0], Map.of());

    @Test
    void uidsAndStatesAreThoseOfTheSavepointsThatAreAround() throws Exception {
        String actual = String.join("\n", layout()) + "\n";
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(GOLDEN, actual);
        }

        assertThat(actual)
                .as("Savepoints of earlier builds may not fit this one. If that is meant, write under \"Migration\" in"
                        + " CHANGELOG.md what becomes of their state (which uid or state is new, renamed or gone, and how to"
                        + " upgrade), then run this test with -Dmillrace.refresh=true")
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static List<String> layout() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("max-parallelism " + JobEnvironment.MAX_PARALLELISM);
        graph().getStreamNodes().stream()
                .map(node -> "uid " + node.getTransformationUID() + " | " + node.getOperatorName())
                .sorted()
                .forEach(lines::add);
        states().forEach(state -> lines.add("state of " + TasksUids.TASKS + " | " + state));
        return lines;
    }

    private static StreamGraph graph() {
        StreamExecutionEnvironment env = environment();
        var source = CONFIG.kafka().source("task-events", "group", Duration.ofSeconds(1));
        TasksPipeline.build(env, CONFIG, source, TasksSinks.kafka(CONFIG));
        return env.getStreamGraph();
    }

    private static StreamExecutionEnvironment environment() {
        return JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));
    }

    private static List<String> states() throws Exception {
        TasksOperator operator = new TasksOperator(CONFIG.tasks(), CONFIG.reminderCatchUp(), CONFIG.lateAfter());
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<String, IncomingTask, OutboundRecord>(
                operator, task -> SeriesKey.encoded(task.event()), Types.STRING)) {
            harness.setup(TypeInformation.of(OutboundRecord.class).createSerializer(new SerializerConfigImpl()));
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    @Test
    void everyOperatorIsMadeForTheFixedMaximumParallelism() {
        StreamGraph graph = graph();

        assertThat(JobEnvironment.MAX_PARALLELISM).isEqualTo(720);
        assertThat(graph.getExecutionConfig().getMaxParallelism()).isEqualTo(720);
        assertThat(graph.getJobGraph().getVertices())
                .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism()).isIn(720, -1));
    }

    @Test
    void noOperatorGetsAUidByChanceAndNoTypeFallsToKryo() {
        StreamExecutionEnvironment env = environment();
        env.fromData(1, 2).print();

        assertThatThrownBy(env::getStreamGraph).isInstanceOf(IllegalStateException.class);
        assertThat(graph().getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotBlank());
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    }
}
