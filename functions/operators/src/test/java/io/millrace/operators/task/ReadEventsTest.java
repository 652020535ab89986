package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.ReadEvents;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.operators.metric.RegisteredMetrics;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadEventsTest {
    private final TaskLog log = new TaskLog();
    private final RegisteredMetrics metrics = new RegisteredMetrics();
    private MockEnvironment environment;
    private OneInputStreamOperatorTestHarness<SourceRecord, IncomingTask> harness;

    @BeforeEach
    void open() throws Exception {
        environment =
                new MockEnvironmentBuilder().setMetricGroup(metrics.group()).build();
        harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ReadEvents<>(IncomingTask::read)), environment);
        harness.setup(CodecTypeInfo.by(IncomingTaskCodec.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig()));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        environment.close();
    }

    @Test
    void anEventIsReadAndKeepsItsRecord() throws Exception {
        IncomingTask expected = log.created("t-1", NOW, NOW + 1000);

        harness.processElement(new StreamRecord<>(expected.source()));

        IncomingTask read = harness.extractOutputValues().get(0);
        assertThat(read.event()).isEqualTo(expected.event());
        assertThat(read.source().value()).isEqualTo(expected.source().value());
        assertThat(harness.getSideOutput(Rejections.DEAD_LETTERS)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nonsense | not_json", "{} | missing_field", "'' | empty_value"})
    void whatIsNoEventBecomesADeadLetterWithItsBytes(String value, String code) throws Exception {
        SourceRecord bad = log.record(NOW, value.getBytes(StandardCharsets.UTF_8));

        harness.processElement(new StreamRecord<>(bad));

        OutboundRecord dead =
                harness.getSideOutput(Rejections.DEAD_LETTERS).poll().getValue();
        assertThat(dead.value()).isEqualTo(bad.value());
        assertThat(dead.headers()).anySatisfy(header -> assertThat(new String(header.value(), StandardCharsets.UTF_8))
                .isEqualTo(code));
        assertThat(metrics.deadLetters(code)).isEqualTo(1);
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void aTombstoneWithoutKeyBecomesADeadLetter() throws Exception {
        harness.processElement(new StreamRecord<>(new SourceRecord("task-events", 0, 0, NOW, null, null, List.of())));

        OutboundRecord dead =
                harness.getSideOutput(Rejections.DEAD_LETTERS).poll().getValue();
        assertThat(dead.key()).isNull();
        assertThat(dead.value()).isNull();
        assertThat(metrics.deadLetters("empty_value")).isEqualTo(1);
    }

    @Test
    void aReaderThatBreaksItsWordStopsNothing() throws Exception {
        SourceRecord record = log.record(NOW, new byte[] {1});
        EventReader<IncomingTask> broken = source -> {
            throw new IllegalStateException("not foreseen");
        };

        assertThatThrownBy(() -> EventReader.read(broken, record))
                .isInstanceOfSatisfying(
                        RejectedEventException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE))
                .hasMessageContaining("not foreseen");
    }
}
