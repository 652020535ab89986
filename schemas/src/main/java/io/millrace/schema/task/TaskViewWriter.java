package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonWriter;

/** Writes {@code task.changed}, version 1. */
public final class TaskViewWriter {
    private static final int SCHEMA_VERSION = 1;
    private static final SerializableString VERSION = name("version");
    private static final SerializableString STATUS = name("status");
    private static final SerializableString CAUSE = name("cause");
    private static final SerializableString DUE_LOCAL = name("due_local");
    private static final SerializableString NEXT_REMIND_AT = name("next_remind_at");
    private static final SerializableString CREATED_AT = name("created_at");
    private static final SerializableString UPDATED_AT = name("updated_at");

    private TaskViewWriter() {}

    public static byte[] write(TaskView view) {
        return JsonWriter.object(out -> {
            TaskEnvelopeWriter.write(
                    out,
                    SCHEMA_VERSION,
                    view.eventId(),
                    "task.changed",
                    view.occurredAt(),
                    view.tenant(),
                    view.userId(),
                    view.taskId());
            JsonWriter.text(out, TaskEnvelopeWriter.SERIES_ID, view.seriesId());
            JsonWriter.text(out, TaskEnvelopeWriter.RECURRENCE_ID, view.recurrenceId());
            JsonWriter.number(out, VERSION, view.version());
            JsonWriter.text(out, STATUS, view.status().wireName());
            out.writeFieldName(CAUSE);
            out.writeStartObject();
            JsonWriter.uuid(out, EnvelopeWriter.EVENT_ID, view.causeId());
            JsonWriter.text(out, EnvelopeWriter.EVENT_TYPE, view.causeType());
            out.writeEndObject();
            TaskFieldsWriter.write(out, view.fields());
            JsonWriter.time(out, TaskEnvelopeWriter.DUE_AT, view.dueAt());
            if (view.fields().due() != null && view.fields().due().local() != null) {
                JsonWriter.text(
                        out,
                        DUE_LOCAL,
                        IsoDateTimes.formatLocal(view.fields().due().local()));
            }
            JsonWriter.time(out, NEXT_REMIND_AT, view.nextRemindAt());
            JsonWriter.time(out, CREATED_AT, view.createdAt());
            JsonWriter.time(out, UPDATED_AT, view.updatedAt());
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, view.correlationId());
        });
    }
}
