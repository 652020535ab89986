package io.millrace.logic.task;

import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The events that wait for the {@code task.created} of their task: how many may, and which need not any longer. */
final class WaitingEvents {
    private static final int MAX_EVENTS = 100;
    private static final int MAX_BYTES = 256 * 1024;

    private WaitingEvents() {}

    static boolean contains(Series series, UUID eventId) {
        List<Waiting> waiting = series.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).eventId().equals(eventId)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps an event until {@code until}; rejects it when too many wait already. */
    static Outcome keep(Change change, IncomingTask incoming, long until) {
        Series series = change.series();
        TaskEvent event = incoming.event();
        long bytes = size(incoming.source());
        for (Waiting waiting : series.waiting()) {
            bytes += size(waiting.source());
        }
        if (series.waiting().size() >= MAX_EVENTS || bytes > MAX_BYTES) {
            String message = unknown(event.taskId()) + ", and too many events wait for it";
            change.command(new TaskCommand.Reject(incoming.source(), ErrorCode.UNKNOWN_TASK, message));
            return Outcome.REJECTED;
        }
        change.become(series.plusWaiting(new Waiting(event.eventId(), event.taskId(), until, incoming.source())));
        return Outcome.WAITING;
    }

    private static long size(SourceRecord source) {
        long bytes = source.value().length + length(source.key());
        for (RecordHeader header : source.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    static void expire(Change change, long time) {
        List<Waiting> waiting = change.series().waiting();
        if (waiting.isEmpty()) {
            return;
        }
        List<Waiting> rest = new ArrayList<>(waiting.size());
        for (Waiting event : waiting) {
            if (event.until() <= time) {
                String message = unknown(event.taskId());
                change.command(new TaskCommand.Reject(event.source(), ErrorCode.UNKNOWN_TASK, message));
            } else {
                rest.add(event);
            }
        }
        if (rest.size() < waiting.size()) {
            change.become(change.series().withWaiting(List.copyOf(rest)));
        }
    }

    private static String unknown(String taskId) {
        return "task_id: \"" + taskId + "\" is not known; it was never created, or was closed and is forgotten";
    }

    /**
     * Takes out the first of the events whose task is known by now, its series being known; null when there is none.
     */
    static IncomingTask takeReady(Change change) {
        int at = 0;
        while (at < change.series().waiting().size()) {
            Waiting waiting = change.series().waiting().get(at);
            try {
                TaskEvent event = TaskEventReader.read(waiting.source());
                // The creation of an occurrence is ready when its series is known, the occurrence being not yet.
                if (event.type() == TaskEventType.CREATED || change.find(waiting.taskId()) >= 0) {
                    remove(change, at);
                    return new IncomingTask(event, waiting.source());
                }
                at++;
            } catch (RejectedEventException e) {
                // It was accepted by an earlier build, before a savepoint.
                remove(change, at);
                change.command(new TaskCommand.Reject(waiting.source(), e.code(), e.getMessage()));
            }
        }
        return null;
    }

    private static void remove(Change change, int index) {
        List<Waiting> rest = new ArrayList<>(change.series().waiting());
        rest.remove(index);
        change.become(change.series().withWaiting(List.copyOf(rest)));
    }
}
