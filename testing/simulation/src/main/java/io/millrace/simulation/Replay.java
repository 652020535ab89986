package io.millrace.simulation;

import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The same log without a crash: one job, one subtask, each partition from its beginning to its end, then what is due by
 * the end. However the world went, it must have come to the same state and the same records.
 */
final class Replay {
    private final StateStore store;
    private final Set<Object> contents = new LinkedHashSet<>();

    private Replay(World.JobMaker maker, SimulatedLog log, TaskSettings settings, long end) {
        SimulatedJob job =
                maker.make(log, settings, Trace.hashed(), SimulatedJob.Checkpoint.empty(log.partitions()), 1);
        for (int partition = 0; partition < log.partitions(); partition++) {
            while (job.hasUnread(partition)) {
                job.read(partition, log.at(partition, 0).timestamp());
            }
        }
        job.release(0, Integer.MAX_VALUE, end);
        Output output;
        while ((output = job.nextWritten()) != null) {
            contents.add(output.content());
        }
        store = job.checkpoint().stores().get(0);
    }

    static Replay of(World world, World.JobMaker maker) {
        return new Replay(maker, world.log(), world.plan().settings(), world.now());
    }

    /** What it wrote, each once: of one partition in the order of the log, what came after the log last. */
    Set<Object> contents() {
        return contents;
    }

    /** Compares what the world came to with this. */
    void requireSame(World world) throws BrokenLawException {
        requireSameRecords(world.topics().contents());
        Map<String, byte[]> series = new HashMap<>();
        Map<String, Map<UUID, Long>> overflowed = new HashMap<>();
        Set<StateStore.Wake> wakes = new HashSet<>();
        for (StateStore part : world.state().stores()) {
            series.putAll(part.series);
            overflowed.putAll(part.overflowed);
            wakes.addAll(part.wakes);
        }
        Set<String> keys = new HashSet<>(series.keySet());
        keys.addAll(store.series.keySet());
        for (String key : keys) {
            if (!Arrays.equals(series.get(key), store.series.get(key))) {
                throw different(
                        key,
                        "the state is another one: " + readable(series, key) + ", without crashes "
                                + readable(store.series, key));
            }
            if (!Objects.equals(overflowed.get(key), store.overflowed.get(key))) {
                throw different(key, "other event ids overflowed");
            }
        }
        if (!wakes.equals(store.wakes)) {
            Set<StateStore.Wake> missing = new HashSet<>(store.wakes);
            missing.removeAll(wakes);
            wakes.removeAll(store.wakes);
            throw different(
                    (missing.isEmpty() ? wakes : missing).iterator().next().key(),
                    "wake-ups missing: " + missing + ", too many: " + wakes);
        }
    }

    private static String readable(Map<String, byte[]> series, String key) {
        if (!series.containsKey(key)) {
            return "none";
        }
        StateStore one = new StateStore();
        one.series.put(key, series.get(key));
        return one.read(key).toString();
    }

    private static BrokenLawException different(String key, String detail) {
        return new BrokenLawException(
                "the final state is that of a run without crashes",
                Texts.subject(key),
                Texts.subject(key) + ": " + detail);
    }

    private void requireSameRecords(Set<Object> written) throws BrokenLawException {
        requireAll(contents, written, "lost: ");
        requireAll(written, contents, "too many: ");
    }

    private static void requireAll(Set<Object> needed, Set<Object> there, String what) throws BrokenLawException {
        for (Object record : needed) {
            if (!there.contains(record)) {
                throw new BrokenLawException(
                        "the records written are those of a run without crashes", subject(record), what + record);
            }
        }
    }

    private static String subject(Object record) {
        if (record instanceof Reminder reminder) {
            return reminder.userId() + "/" + reminder.taskId();
        } else if (record instanceof TaskView view) {
            return view.userId() + "/" + view.taskId();
        } else if (record instanceof TaskEvent event) {
            return event.userId() + "/" + event.taskId();
        }
        return null;
    }
}
