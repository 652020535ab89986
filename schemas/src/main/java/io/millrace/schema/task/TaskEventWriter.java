package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;

/** Writes a task event as JSON, so that {@link TaskEventReader} reads the same event. */
public final class TaskEventWriter {
    private TaskEventWriter() {}

    public static byte[] write(TaskEvent event) {
        return JsonWriter.object(out -> {
            TaskEnvelopeWriter.write(
                    out,
                    TaskEvent.SCHEMA_VERSION,
                    event.eventId(),
                    event.type().wireName(),
                    event.occurredAt().toEpochMilli(),
                    event.tenant(),
                    event.userId(),
                    event.taskId());
            int separator = event.taskId().indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
            if (separator >= 0) {
                JsonWriter.text(out, TaskEnvelopeWriter.SERIES_ID, event.rootId());
                JsonWriter.text(
                        out, TaskEnvelopeWriter.RECURRENCE_ID, event.taskId().substring(separator + 1));
            }
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, event.correlationId());
            TaskFieldsWriter.write(out, event.fields());
            if (event.fields().due() != null) {
                writeDue(out, TaskEnvelopeWriter.DUE_AT, event.fields().due());
            }
            writeCleared(out, event.fields());
            if (event.snooze() != null) {
                writeSnooze(out, event.snooze());
            }
        });
    }

    private static void writeDue(JsonGenerator out, SerializableString field, DueDate due) throws IOException {
        JsonWriter.text(
                out,
                field,
                due.local() != null
                        ? IsoDateTimes.formatLocal(due.local())
                        : IsoDateTimes.formatUtc(due.instant().toEpochMilli()));
    }

    private static void writeCleared(JsonGenerator out, TaskFields fields) throws IOException {
        writeCleared(out, fields, TaskFields.DESCRIPTION, "description", fields.description());
        writeCleared(out, fields, TaskFields.PRIORITY, "priority", fields.priority());
        writeCleared(
                out,
                fields,
                TaskFields.TAGS,
                "tags",
                fields.tags() == null || fields.tags().isEmpty() ? null : fields.tags());
        writeCleared(out, fields, TaskFields.DUE, "due_at", fields.due());
        writeCleared(out, fields, TaskFields.ZONE, "time_zone", fields.zone());
        writeCleared(out, fields, TaskFields.RECURRENCE, "recurrence", fields.recurrence());
    }

    private static void writeCleared(JsonGenerator out, TaskFields fields, int bit, String name, Object value)
            throws IOException {
        if (fields.gives(bit) && value == null) {
            out.writeNullField(name);
        }
    }

    private static void writeSnooze(JsonGenerator out, Snooze snooze) throws IOException {
        if (snooze.until() == null) {
            out.writeNumberField("snooze_minutes", snooze.minutes());
        } else {
            writeDue(out, name("snooze_until"), snooze.until());
        }
    }
}
