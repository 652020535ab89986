package io.millrace.simulation;

import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.TaskCommand;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The lines of a trace. */
final class Texts {
    private static final int MAX_VALUE = 400;

    private Texts() {}

    static String appended(SourceRecord record, long now) {
        byte[] value = record.value();
        String text = value == null ? "(tombstone)" : new String(value, StandardCharsets.UTF_8);
        return time(now) + " append " + position(record) + " "
                + (text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…" : text);
    }

    static String read(IncomingTask incoming, Outcome outcome) {
        TaskEvent event = incoming.event();
        return "  read " + position(incoming.source()) + " " + event.type() + " of " + event.userId() + "/"
                + event.taskId() + ", logged " + time(incoming.source().timestamp()) + " -> " + outcome;
    }

    static String refused(SourceRecord record, RejectedEventException e) {
        return "  read " + position(record) + ", refused: " + e.code() + " " + e.getMessage();
    }

    /** @param key of the series, as it is encoded */
    static String woken(String key, long moment, long wallClock) {
        return "  wake " + subject(key) + " for " + time(moment) + " at " + time(wallClock);
    }

    static String written(Output output) {
        return "  " + (output.dropped() ? "too late: " : "sent: ") + describe(output.command());
    }

    static String describe(TaskCommand command) {
        if (command instanceof TaskCommand.Remind remind) {
            Reminder reminder = remind.reminder();
            return "reminder " + reminder.eventId() + " of " + reminder.userId() + "/" + reminder.taskId() + " for "
                    + time(reminder.remindAt());
        }
        if (command instanceof TaskCommand.Publish publish) {
            TaskView view = publish.view();
            return "view " + view.eventId() + " of " + view.userId() + "/" + view.taskId() + ", version "
                    + view.version() + ", " + view.status();
        }
        if (command instanceof TaskCommand.Announce announce) {
            TaskEvent created = announce.created();
            return "announcement " + created.eventId() + " of " + created.userId() + "/" + created.taskId();
        }
        TaskCommand.Reject reject = (TaskCommand.Reject) command;
        return "dead letter of " + position(reject.source()) + ", " + reject.code() + ": " + reject.message();
    }

    /** {@code user/root} of an encoded key. */
    static String subject(String key) {
        return key.substring(key.indexOf('\u001f') + 1).replace('\u001f', '/');
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static String position(SourceRecord record) {
        return record.partition() + "@" + record.offset();
    }
}
