package io.millrace.bench;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.recurrence.Occurrence;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the tasks job does for each event, piece by piece, for JMH: it wants the class public and open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TaskPieces {
    private static final long NOW = 1_790_000_000_000L;
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 9, 0);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Recurrence MONTHLY = Recurrence.of(Recurrence.Kind.RULE, "FREQ=MONTHLY;BYMONTHDAY=1,15");

    private final TaskDecider decider = new TaskDecider(TaskSettings.DEFAULTS);
    private final SeriesCodec codec = new SeriesCodec();
    private final DataOutputSerializer out = new DataOutputSerializer(1024);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private SourceRecord source;
    private IncomingTask created;
    private IncomingTask completed;
    private SeriesKey key;
    private Series series;
    private byte[] encoded;
    private TaskView view;
    private RecurrenceSchedule schedule;

    @Setup
    public void prepare() throws RejectedEventException, IOException {
        TaskEvents.Event event = new TaskEvents(StreamShape.UNIQUE, 1, NOW).next();
        source = source(event.json(), 0);
        created = new IncomingTask(TaskEventReader.read(source), source);
        key = SeriesKey.of(created.event());
        SourceRecord completion = source(
                "{\"schema_version\":1,\"event_id\":\"0b7e4a50-5a0c-4a39-9d8c-6a4a2f0f7c11\",\"event_type\":"
                        + "\"task.completed\",\"occurred_at\":\"2026-11-21T10:00:00Z\",\"user_id\":\""
                        + key.userId() + "\",\"task_id\":\"" + key.rootId() + "\"}",
                1);
        completed = new IncomingTask(TaskEventReader.read(completion), completion);
        Decision<Series, Outcome, TaskCommand> decision = decideCreated();
        series = decision.state();
        view = ((TaskCommand.Publish) decision.commands().get(0)).view();
        encodeSeries();
        encoded = out.getCopyOfBuffer();
        schedule = RecurrenceSchedule.compile(MONTHLY, START, PARIS);
        require(decideCompleted(), Outcome.APPLIED);
        require(dropDuplicate(), Outcome.DUPLICATE);
    }

    private static void require(Decision<Series, Outcome, TaskCommand> decision, Outcome expected) {
        if (decision.effect() != expected) {
            throw new IllegalStateException(decision.effect() + " where " + expected + " was to be measured");
        }
    }

    private static SourceRecord source(String json, long offset) {
        byte[] key = "u-1".getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(
                "task-events", 0, offset, NOW + offset, key, json.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Benchmark
    public TaskEvent readEvent() throws RejectedEventException {
        return TaskEventReader.read(source);
    }

    /** The first event of a task. */
    @Benchmark
    public Decision<Series, Outcome, TaskCommand> decideCreated() {
        return decider.decide(key, null, created, id -> null);
    }

    @Benchmark
    public Decision<Series, Outcome, TaskCommand> decideCompleted() {
        return decider.decide(key, series, completed, id -> null);
    }

    @Benchmark
    public Decision<Series, Outcome, TaskCommand> dropDuplicate() {
        return decider.decide(key, series, created, id -> null);
    }

    @Benchmark
    public int encodeSeries() throws IOException {
        out.clear();
        codec.write(series, out);
        return out.length();
    }

    @Benchmark
    public Series decodeSeries() throws IOException {
        in.setBuffer(encoded);
        return codec.read(in);
    }

    @Benchmark
    public byte[] writeView() {
        return TaskViewWriter.write(view);
    }

    @Benchmark
    public RecurrenceSchedule compileRecurrence() {
        return RecurrenceSchedule.compile(MONTHLY, START, PARIS);
    }

    @Benchmark
    public Occurrence nextOccurrence() {
        return schedule.next(START.plusMonths(10));
    }
}
