package io.millrace.simulation.fuzz;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.dedup.RecentIds;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Takes records as the job does: reader, decisions, codecs of network and state, writers. Remembers the series. */
final class Judge {
    private static final SeriesCodec STATE = new SeriesCodec();
    private static final IncomingTaskCodec NETWORK = new IncomingTaskCodec();
    private static final long LATE_AFTER = 60_000;

    /** How many moments that lie ahead are tried after each event. */
    private static final int WAKES = 2;

    private final TaskSettings settings;
    private final TaskDecider decider;
    private final Consumer<TaskCommand> commands;
    private final Map<String, byte[]> states = new HashMap<>();
    private final Map<String, Map<UUID, Long>> overflowed = new HashMap<>();

    Judge(TaskSettings settings) {
        this(settings, command -> {});
    }

    /** @param commands hears of everything that is to be done because of a record */
    Judge(TaskSettings settings, Consumer<TaskCommand> commands) {
        this.settings = settings;
        this.commands = commands;
        this.decider = new TaskDecider(settings);
    }

    int series() {
        return states.size();
    }

    /** @throws IOException when a codec does not read what it wrote */
    Verdict judge(SourceRecord source) throws IOException {
        IncomingTask incoming;
        try {
            incoming = new IncomingTask(TaskEventReader.read(source), source);
        } catch (RejectedEventException e) {
            commands.accept(new TaskCommand.Reject(source, e.code(), e.getMessage()));
            return new Verdict(e.code(), e.getMessage(), null, 1, 0, 0);
        }
        IncomingTask received = again(NETWORK, incoming);
        SeriesKey key = SeriesKey.of(received.event());
        String encoded = SeriesKey.encoded(received.event());
        if (!SeriesKey.decode(encoded).equals(key)) {
            throw new IOException("the key " + key + " is read back as " + SeriesKey.decode(encoded));
        }
        Map<UUID, Long> ids = overflowed.getOrDefault(encoded, Map.of());
        Decision<Series, Outcome, TaskCommand> decision = decider.decide(key, state(encoded), received, ids::get);
        return finish(encoded, source, decision);
    }

    private Series state(String key) throws IOException {
        byte[] bytes = states.get(key);
        return bytes == null ? null : STATE.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private Verdict finish(String key, SourceRecord source, Decision<Series, Outcome, TaskCommand> decision)
            throws IOException {
        Written written = new Written(source);
        written.add(key, decision);
        decision.commands().forEach(commands);
        remember(key, decision.state());
        // On a copy: what would come, were nothing else to happen.
        Series ahead = decision.state();
        for (int i = 0; i < WAKES && ahead != null && ahead.nextWake(settings) < Long.MAX_VALUE; i++) {
            Decision<Series, Outcome, TaskCommand> woken =
                    decider.wake(SeriesKey.decode(key), ahead, ahead.nextWake(settings));
            new Written(source).add(key, woken);
            ahead = woken.state();
        }
        return new Verdict(
                written.rejection == null ? null : written.rejection.code(),
                written.rejection == null ? null : written.rejection.message(),
                decision.effect(),
                written.records,
                written.bytes,
                written.largest);
    }

    private void remember(String key, Series series) throws IOException {
        if (series == null) {
            states.remove(key);
            return;
        }
        byte[] bytes = bytes(STATE, series);
        states.put(key, bytes);
        if (!Arrays.equals(bytes, bytes(STATE, state(key)))) {
            throw new IOException("the state is read back as another one: " + series);
        }
    }

    private static <T> T again(Codec<T> codec, T value) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes(codec, value))));
    }

    private static <T> byte[] bytes(Codec<T> codec, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        codec.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** The records of a decision, as bytes. */
    private final class Written {
        private final SourceRecord source;
        private TaskCommand.Reject rejection;
        private int records;
        private long bytes;
        private int largest;

        Written(SourceRecord source) {
            this.source = source;
        }

        private void add(String key, Decision<Series, Outcome, TaskCommand> decision) throws IOException {
            for (TaskCommand command : decision.commands()) {
                if (command instanceof TaskCommand.Reject reject) {
                    records++;
                    if (reject.source().offset() == source.offset() && decision.effect() == Outcome.REJECTED) {
                        rejection = reject;
                    }
                } else if (command instanceof TaskCommand.Overflow overflow) {
                    overflow(key, overflow.ids());
                } else if (command instanceof TaskCommand.ForgetOverflow forget) {
                    overflowed.getOrDefault(key, new HashMap<>()).values().removeIf(time -> time < forget.time());
                } else {
                    add(bytesOf(command));
                }
            }
        }

        private void add(byte[] record) {
            records++;
            bytes += record.length;
            largest = Math.max(largest, record.length);
        }
    }

    private void overflow(String key, RecentIds ids) {
        for (int i = 0; i < ids.size(); i++) {
            overflowed.computeIfAbsent(key, k -> new HashMap<>()).put(ids.id(i), ids.time(i));
        }
    }

    private static byte[] bytesOf(TaskCommand command) throws IOException {
        if (command instanceof TaskCommand.Remind remind) {
            return ReminderWriter.write(remind.reminder(), remind.reminder().remindAt(), LATE_AFTER);
        }
        if (command instanceof TaskCommand.Publish publish) {
            return TaskViewWriter.write(publish.view());
        }
        TaskCommand.Announce announce = (TaskCommand.Announce) command;
        byte[] value = TaskEventWriter.write(announce.created());
        try {
            // The job has to be able to read what it announces.
            TaskEventReader.read(new SourceRecord("task-events", 0, 0, 0, null, value, List.of()));
        } catch (RejectedEventException e) {
            throw new IOException("an announcement is refused: " + e.getMessage(), e);
        }
        return value;
    }
}
