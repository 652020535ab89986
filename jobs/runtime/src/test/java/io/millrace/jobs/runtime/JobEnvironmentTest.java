package io.millrace.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class JobEnvironmentTest {

    @Test
    void everyJobHasWhatItMustHave() {
        StreamExecutionEnvironment env = JobEnvironment.prepare(cluster(new Configuration()));

        assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS))
                .isFalse();
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(env.getConfiguration().get(PipelineOptions.OBJECT_REUSE)).isTrue();
        assertThat(env.getMaxParallelism()).isEqualTo(720);
        assertThat(env.getBufferTimeout()).isEqualTo(1);
    }

    @Test
    void whatTheClusterSetsIsKept() {
        Configuration given = new Configuration();
        given.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(20));

        StreamExecutionEnvironment env = JobEnvironment.prepare(cluster(given));

        assertThat(env.getBufferTimeout()).isEqualTo(20);
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(5_000);
    }

    @Test
    void anOperatorWithoutUidIsRefused() {
        StreamExecutionEnvironment env = JobEnvironment.prepare(cluster(new Configuration()));
        env.fromData(1, 2).uid("numbers").sinkTo(new DiscardingSink<>());

        assertThatThrownBy(() -> env.getStreamGraph().getJobGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UID");
    }

    @Test
    void aClusterWithoutCheckpointsIsRefused() {
        assertThatThrownBy(() -> JobEnvironment.prepare(new StreamExecutionEnvironment(new Configuration())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("execution.checkpointing.interval");
    }

    private static StreamExecutionEnvironment cluster(Configuration configuration) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        return new StreamExecutionEnvironment(configuration);
    }
}
