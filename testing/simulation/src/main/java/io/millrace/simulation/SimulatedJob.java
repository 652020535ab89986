package io.millrace.simulation;

import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/**
 * The tasks job between two starts: it reads partitions, decides in subtasks, and writes into buffers that a crash
 * empties. Not final, so that tests can make one with a defect.
 */
class SimulatedJob {

    /**
     * What a completed checkpoint holds.
     *
     * @param offsets of the next record, by partition
     * @param stores by subtask
     */
    record Checkpoint(List<Integer> offsets, List<StateStore> stores) {
        static Checkpoint empty(int partitions) {
            return new Checkpoint(Collections.nCopies(partitions, 0), List.of(new StateStore()));
        }
    }

    private final SimulatedLog log;
    private final Trace trace;
    private final int[] offsets;
    private final List<Subtask> subtasks = new ArrayList<>();
    private final Queue<Output> written = new ArrayDeque<>();

    SimulatedJob(SimulatedLog log, TaskSettings settings, Trace trace, Checkpoint from, int parallelism) {
        this.log = log;
        this.trace = trace;
        this.offsets = from.offsets().stream().mapToInt(Integer::intValue).toArray();
        Decisions decisions = decisions(settings);
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(new Subtask(new StateStore(), decisions, settings, written::add, trace));
        }
        for (StateStore store : from.stores()) {
            restore(store);
        }
    }

    Decisions decisions(TaskSettings settings) {
        return Decisions.of(settings);
    }

    private void restore(StateStore saved) {
        saved.series.keySet().forEach(key -> saved.moveTo(subtaskOf(key).store(), key));
        for (StateStore.Wake wake : wakesOf(saved)) {
            subtaskOf(wake.key()).store().wakes.add(wake);
        }
    }

    Iterable<StateStore.Wake> wakesOf(StateStore saved) {
        return saved.wakes;
    }

    private Subtask subtaskOf(String key) {
        return subtasks.get(Math.floorMod(key.hashCode(), subtasks.size()));
    }

    int parallelism() {
        return subtasks.size();
    }

    boolean hasUnread(int partition) {
        return offsets[partition] < log.end(partition);
    }

    /** Reads the next record of a partition that has one. */
    void read(int partition, long wallClock) {
        SourceRecord record = log.at(partition, offsets[partition]++);
        try {
            IncomingTask incoming = new IncomingTask(TaskEventReader.read(record), record);
            subtaskOf(SeriesKey.encoded(incoming.event())).take(incoming, wallClock);
        } catch (RejectedEventException e) {
            trace.mix(e.code().ordinal());
            trace.note(() -> Texts.refused(record, e));
            written.add(new Output(new TaskCommand.Reject(record, e.code(), e.getMessage()), wallClock, false));
        }
    }

    /** Releases what is due in one subtask, at most so many wake-ups; answers how many there were. */
    int release(int subtask, int most, long wallClock) {
        return subtasks.get(subtask).release(releasable(wallClock), most, wallClock);
    }

    /**
     * Up to which moment wake-ups may be released: never past a record that was not read yet. The job at work goes by
     * the wall clock alone once it has caught up, see the module's README.
     */
    long releasable(long wallClock) {
        long until = wallClock;
        for (int i = 0; i < offsets.length; i++) {
            if (hasUnread(i)) {
                until = Math.min(until, log.at(i, offsets[i]).timestamp());
            }
        }
        return until;
    }

    /** The next record out of the buffers, null when they are empty. */
    Output nextWritten() {
        return written.poll();
    }

    boolean hasWritten() {
        return !written.isEmpty();
    }

    /** The state at this moment; what was written before must have left the buffers. */
    Checkpoint checkpoint() {
        List<Integer> positions = new ArrayList<>();
        for (int offset : offsets) {
            positions.add(offset);
        }
        return new Checkpoint(
                List.copyOf(positions),
                subtasks.stream().map(subtask -> subtask.store().copy()).toList());
    }

    /** The next moment for which a wake-up is set; {@link Long#MAX_VALUE} when there is none. */
    long nextWake() {
        long next = Long.MAX_VALUE;
        for (Subtask subtask : subtasks) {
            if (!subtask.store().wakes.isEmpty()) {
                next = Math.min(next, subtask.store().wakes.first().time());
            }
        }
        return next;
    }
}
