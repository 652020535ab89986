package io.millrace.operators.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskSettings;
import io.millrace.operators.metric.RegisteredMetrics;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.OutboundRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of the tasks operator, with a wall clock and an input clock set by the test. */
final class TasksHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 720;

    /** The wall clock when a harness opens. */
    static final long NOW = 1_800_000_000_000L;

    static final Duration CATCH_UP = Duration.ofHours(24);
    static final Duration LATE_AFTER = Duration.ofMinutes(1);
    private static final int MAX_STATE_BYTES = 256 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a harness keeps its state. */
    enum Backend {
        HEAP,
        ROCKSDB;

        private StateBackend create() {
            return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        }
    }

    final RegisteredMetrics metrics = new RegisteredMetrics();
    private final MockEnvironment environment;
    private final KeyedOneInputStreamOperatorTestHarness<String, IncomingTask, OutboundRecord> harness;
    private final Queue<Object> output;

    private TasksHarness(Backend backend, int parallelism, int subtask, SliceClock sliceClock) throws Exception {
        environment = new MockEnvironmentBuilder()
                .setTaskName("tasks")
                .setManagedMemorySize(16 << 20)
                .setMaxParallelism(MAX_PARALLELISM)
                .setParallelism(parallelism)
                .setSubtaskIndex(subtask)
                .setMetricGroup(metrics.group())
                .build();
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new TasksOperator(TaskSettings.DEFAULTS, CATCH_UP, LATE_AFTER, sliceClock),
                task -> SeriesKey.encoded(task.event()),
                Types.STRING,
                environment);
        harness.setStateBackend(backend.create());
        harness.setCheckpointStorage(new JobManagerCheckpointStorage(MAX_STATE_BYTES));
        harness.setProcessingTime(NOW);
        output = harness.getOutput();
    }

    /** A new operator whose input has caught up. */
    static TasksHarness caughtUp(Backend backend) throws Exception {
        TasksHarness started = start(backend);
        started.inputIdle();
        return started;
    }

    /** A new operator whose input has said nothing yet. */
    static TasksHarness start(Backend backend) throws Exception {
        return restore(backend, null, 1, 1, 0);
    }

    static TasksHarness restore(Backend backend, OperatorSubtaskState state) throws Exception {
        return restore(backend, state, 1, 1, 0);
    }

    /** One that pauses as in production. {@code state} may be null. */
    static TasksHarness restoreWithPauses(Backend backend, OperatorSubtaskState state) throws Exception {
        return new TasksHarness(backend, 1, 0, SliceClock.JVM).opened(state, 1, 1, 0);
    }

    /**
     * One subtask of {@code parallelism}, from the state of {@code before} subtasks packed together. It releases all
     * that is due at once, however busy the machine is.
     */
    static TasksHarness restore(Backend backend, OperatorSubtaskState state, int before, int parallelism, int subtask)
            throws Exception {
        return new TasksHarness(backend, parallelism, subtask, () -> 0).opened(state, before, parallelism, subtask);
    }

    private TasksHarness opened(OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
        if (state != null) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, MAX_PARALLELISM, before, parallelism, subtask));
        }
        harness.open();
        return this;
    }

    void process(IncomingTask... events) throws Exception {
        for (IncomingTask event : events) {
            harness.processElement(new StreamRecord<>(event));
        }
    }

    void wallClock(long time) throws Exception {
        harness.setProcessingTime(time);
    }

    long wallClock() {
        return harness.getProcessingTime();
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(new Watermark(time));
    }

    void inputIdle() throws Exception {
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
    }

    void inputActive() throws Exception {
        harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    }

    /** What {@code stop --drain} and the end of a bounded input do. */
    void drain() throws Exception {
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.endInput();
        harness.getProcessingTimeService().quiesce();
        harness.getOneInputOperator().finish();
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, wallClock());
    }

    /** How far ahead of the wall clock the operator wakes up by itself, in milliseconds. */
    long wakesIn() {
        return harness.getProcessingTimeService().getActiveTimerTimestamps().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElseThrow()
                - wallClock();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    /** Whether any key has state of that name. */
    boolean remembers(String state) {
        return harness.getOperator()
                .<String>getKeyedStateBackend()
                .getKeys(state, VoidNamespace.INSTANCE)
                .findAny()
                .isPresent();
    }

    /** What was published since the last call. */
    List<JsonNode> updates() {
        List<JsonNode> updates = new ArrayList<>();
        for (Object element = output.poll(); element != null; element = output.poll()) {
            if (element instanceof StreamRecord<?> record) {
                updates.add(json((OutboundRecord) record.getValue()));
            }
        }
        return updates;
    }

    List<JsonNode> reminders() {
        return take(TaskOutputs.REMINDERS).stream().map(TasksHarness::json).toList();
    }

    List<JsonNode> announcements() {
        return take(TaskOutputs.ANNOUNCEMENTS).stream().map(TasksHarness::json).toList();
    }

    /** What was sent to a side output since the last call. */
    List<OutboundRecord> take(OutputTag<OutboundRecord> tag) {
        List<OutboundRecord> taken = new ArrayList<>();
        Queue<StreamRecord<OutboundRecord>> records = harness.getSideOutput(tag);
        while (records != null && !records.isEmpty()) {
            taken.add(records.poll().getValue());
        }
        return taken;
    }

    static JsonNode json(OutboundRecord record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        harness.close();
        environment.close();
    }
}
