package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** Writes the fields of a task that stand the same in events and in views. */
final class TaskFieldsWriter {
    private static final SerializableString TITLE = name("title");
    private static final SerializableString DESCRIPTION = name("description");
    private static final SerializableString PRIORITY = name("priority");
    private static final SerializableString TAGS = name("tags");
    private static final SerializableString TIME_ZONE = name("time_zone");
    private static final SerializableString REMIND_BEFORE_MINUTES = name("remind_before_minutes");
    private static final SerializableString RECURRENCE = name("recurrence");

    private TaskFieldsWriter() {}

    /** All but the due date, which events and views write in their own way. */
    static void write(JsonGenerator out, TaskFields fields) throws IOException {
        JsonWriter.text(out, TITLE, fields.title());
        JsonWriter.text(out, DESCRIPTION, fields.description());
        if (fields.priority() != null) {
            JsonWriter.text(out, PRIORITY, fields.priority().name());
        }
        JsonWriter.texts(out, TAGS, fields.tags());
        if (fields.zone() != null) {
            JsonWriter.text(out, TIME_ZONE, fields.zone().getId());
        }
        JsonWriter.numbers(out, REMIND_BEFORE_MINUTES, fields.remindBeforeMinutes());
        if (fields.recurrence() != null) {
            out.writeFieldName(RECURRENCE);
            writeRecurrence(out, fields.recurrence());
        }
    }

    private static void writeRecurrence(JsonGenerator out, Recurrence recurrence) throws IOException {
        out.writeStartObject();
        out.writeStringField(wireName(recurrence.kind()), recurrence.expression());
        if (recurrence.dtstart() != null) {
            out.writeStringField("dtstart", IsoDateTimes.formatLocal(recurrence.dtstart()));
        }
        writeDates(out, "exdates", recurrence.exdates());
        writeDates(out, "rdates", recurrence.rdates());
        out.writeStringField("next", wireName(recurrence.next()));
        if (recurrence.next() == Recurrence.Next.ON_SCHEDULE) {
            out.writeStringField("overlap", wireName(recurrence.overlap()));
        }
        if (recurrence.catchUp() != null) {
            out.writeStringField("catch_up", recurrence.catchUp().toString());
        }
        out.writeStringField("dst_gap", wireName(recurrence.dstGap()));
        out.writeStringField("dst_overlap", wireName(recurrence.dstOverlap()));
        out.writeEndObject();
    }

    private static void writeDates(JsonGenerator out, String name, List<LocalDateTime> dates) throws IOException {
        if (!dates.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (LocalDateTime date : dates) {
                out.writeString(IsoDateTimes.formatLocal(date));
            }
            out.writeEndArray();
        }
    }

    private static String wireName(Enum<?> option) {
        return option.name().toLowerCase(Locale.ROOT);
    }
}
