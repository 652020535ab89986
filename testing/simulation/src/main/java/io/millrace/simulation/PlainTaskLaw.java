package io.millrace.simulation;

import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Compares what was written about tasks that never recur with {@link PlainTaskModel}. */
final class PlainTaskLaw {
    private static final String LAW = "a task that does not recur sends what docs/tasks.md says";

    private final Map<String, PlainTaskModel> models = new LinkedHashMap<>();
    private final Map<String, Set<Object>> written = new HashMap<>();

    /** By position, whose the record is; without those that the reader refuses. */
    private final Map<String, String> owners = new HashMap<>();

    private final Set<String> recurring = new HashSet<>();

    private PlainTaskLaw() {}

    /** @param contents what was written, each once */
    static void require(SimulatedLog log, Set<Object> contents, TaskSettings settings, long end)
            throws BrokenLawException {
        PlainTaskLaw law = new PlainTaskLaw();
        for (int partition = 0; partition < log.partitions(); partition++) {
            for (SourceRecord record : log.records(partition)) {
                law.read(record, settings);
            }
        }
        contents.forEach(law::sort);
        for (Map.Entry<String, PlainTaskModel> each : law.models.entrySet()) {
            if (!law.recurring.contains(each.getKey())) {
                Set<Object> expected = each.getValue().expected(end);
                if (expected != null) {
                    compare(each.getKey(), expected, law.written.getOrDefault(each.getKey(), Set.of()));
                }
            }
        }
    }

    private void read(SourceRecord record, TaskSettings settings) {
        try {
            IncomingTask incoming = new IncomingTask(TaskEventReader.read(record), record);
            SeriesKey key = SeriesKey.of(incoming.event());
            String owner = key.userId() + "/" + key.rootId();
            owners.put(record.partition() + "@" + record.offset(), owner);
            if (incoming.event().fields().recurrence() != null
                    || !incoming.event().taskId().equals(key.rootId())) {
                recurring.add(owner);
            }
            models.computeIfAbsent(owner, o -> new PlainTaskModel(key.rootId(), settings))
                    .read(incoming);
        } catch (RejectedEventException e) {
            // Refused by the reader, whoever wrote it: no task hears of it.
        }
    }

    private void sort(Object content) {
        if (content instanceof Reminder reminder) {
            add(
                    reminder.userId() + "/" + reminder.taskId(),
                    new PlainTask.Sent(reminder.eventId(), reminder.taskId(), reminder.remindAt(), reminder.snoozed()));
        } else if (content instanceof TaskView view) {
            add(
                    view.userId() + "/" + view.taskId(),
                    new PlainTask.View(
                            view.eventId(),
                            view.taskId(),
                            view.version(),
                            view.status(),
                            view.dueAt(),
                            view.nextRemindAt()));
        } else if (content instanceof Output.Letter letter) {
            String owner = owners.get(letter.partition() + "@" + letter.offset());
            if (owner != null) {
                add(owner, new PlainTaskModel.Letter(letter.partition(), letter.offset(), letter.code()));
            }
        }
    }

    private void add(String owner, Object record) {
        written.computeIfAbsent(owner, o -> new HashSet<>()).add(record);
    }

    private static void compare(String owner, Set<Object> expected, Set<Object> written) throws BrokenLawException {
        for (Object record : expected) {
            if (!written.contains(record)) {
                throw new BrokenLawException(LAW, owner, owner + " lacks " + record);
            }
        }
        for (Object record : written) {
            if (!expected.contains(record)) {
                throw new BrokenLawException(LAW, owner, owner + " should not have " + record);
            }
        }
    }
}
