package io.millrace.schema.task;

import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Zones;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Encodes {@link TaskFields} and its parts; used by codecs that carry a version of their own. */
public final class TaskFieldsCodec {
    private static final long NO_CATCH_UP = -1;
    private static final Priority[] PRIORITIES = Priority.values();
    private static final Recurrence.Kind[] KINDS = Recurrence.Kind.values();
    private static final Recurrence.Next[] NEXTS = Recurrence.Next.values();
    private static final Recurrence.Overlap[] OVERLAPS = Recurrence.Overlap.values();
    private static final Recurrence.DstGap[] GAPS = Recurrence.DstGap.values();
    private static final Recurrence.DstOverlap[] DST_OVERLAPS = Recurrence.DstOverlap.values();

    private TaskFieldsCodec() {}

    public static void write(TaskFields fields, DataOutput out) throws IOException {
        int cleared = cleared(fields);
        out.writeByte(fields.given());
        if (fields.given() == 0) {
            return;
        }
        out.writeByte(cleared);
        int written = fields.given() & ~cleared;
        if ((written & TaskFields.TITLE) != 0) {
            Binary.writeString(out, fields.title());
        }
        if ((written & TaskFields.DESCRIPTION) != 0) {
            Binary.writeString(out, fields.description());
        }
        if ((written & TaskFields.PRIORITY) != 0) {
            out.writeByte(fields.priority().ordinal());
        }
        if ((written & TaskFields.TAGS) != 0) {
            Binary.writeList(out, fields.tags(), Binary::writeString);
        }
        if ((written & TaskFields.DUE) != 0) {
            writeDue(fields.due(), out);
        }
        if ((written & TaskFields.ZONE) != 0) {
            Binary.writeString(out, fields.zone().getId());
        }
        if ((written & TaskFields.REMIND_BEFORE) != 0) {
            Binary.writeList(out, fields.remindBeforeMinutes(), Binary::writeSize);
        }
        if ((written & TaskFields.RECURRENCE) != 0) {
            writeRecurrence(fields.recurrence(), out);
        }
    }

    private static int cleared(TaskFields fields) {
        int empty = (fields.title() == null ? TaskFields.TITLE : 0)
                | (fields.description() == null ? TaskFields.DESCRIPTION : 0)
                | (fields.priority() == null ? TaskFields.PRIORITY : 0)
                | (fields.tags() == null ? TaskFields.TAGS : 0)
                | (fields.due() == null ? TaskFields.DUE : 0)
                | (fields.zone() == null ? TaskFields.ZONE : 0)
                | (fields.remindBeforeMinutes() == null ? TaskFields.REMIND_BEFORE : 0)
                | (fields.recurrence() == null ? TaskFields.RECURRENCE : 0);
        return fields.given() & empty;
    }

    public static TaskFields read(DataInput in) throws IOException {
        int given = in.readUnsignedByte();
        if (given == 0) {
            return TaskFields.NONE;
        }
        int written = given & ~in.readUnsignedByte();
        return new TaskFields(
                given,
                (written & TaskFields.TITLE) != 0 ? Binary.readString(in) : null,
                (written & TaskFields.DESCRIPTION) != 0 ? Binary.readString(in) : null,
                (written & TaskFields.PRIORITY) != 0 ? PRIORITIES[in.readByte()] : null,
                (written & TaskFields.TAGS) != 0 ? Binary.readList(in, Binary::readString) : null,
                (written & TaskFields.DUE) != 0 ? readDue(in) : null,
                (written & TaskFields.ZONE) != 0 ? Zones.of(Binary.readString(in)) : null,
                (written & TaskFields.REMIND_BEFORE) != 0 ? readMinutes(in) : null,
                (written & TaskFields.RECURRENCE) != 0 ? readRecurrence(in) : null);
    }

    private static List<Integer> readMinutes(DataInput in) throws IOException {
        return Binary.readList(in, Binary::readSize);
    }

    public static void writeDue(DueDate due, DataOutput out) throws IOException {
        boolean local = due.local() != null;
        out.writeBoolean(local);
        if (local) {
            Binary.writeLocal(out, due.local());
        } else {
            out.writeLong(due.instant().toEpochMilli());
        }
    }

    public static DueDate readDue(DataInput in) throws IOException {
        return in.readBoolean() ? DueDate.local(Binary.readLocal(in)) : DueDate.at(Instant.ofEpochMilli(in.readLong()));
    }

    private static void writeRecurrence(Recurrence recurrence, DataOutput out) throws IOException {
        out.writeByte(recurrence.kind().ordinal());
        Binary.writeString(out, recurrence.expression());
        out.writeBoolean(recurrence.dtstart() != null);
        if (recurrence.dtstart() != null) {
            Binary.writeLocal(out, recurrence.dtstart());
        }
        Binary.writeList(out, recurrence.exdates(), Binary::writeLocal);
        Binary.writeList(out, recurrence.rdates(), Binary::writeLocal);
        out.writeByte(recurrence.next().ordinal());
        out.writeByte(recurrence.overlap().ordinal());
        out.writeLong(
                recurrence.catchUp() == null
                        ? NO_CATCH_UP
                        : recurrence.catchUp().toMillis());
        out.writeByte(recurrence.dstGap().ordinal());
        out.writeByte(recurrence.dstOverlap().ordinal());
    }

    private static Recurrence readRecurrence(DataInput in) throws IOException {
        Recurrence.Kind kind = KINDS[in.readByte()];
        String expression = Binary.readString(in);
        var dtstart = in.readBoolean() ? Binary.readLocal(in) : null;
        var exdates = Binary.readList(in, Binary::readLocal);
        var rdates = Binary.readList(in, Binary::readLocal);
        Recurrence.Next next = NEXTS[in.readByte()];
        Recurrence.Overlap overlap = OVERLAPS[in.readByte()];
        long catchUp = in.readLong();
        return new Recurrence(
                kind,
                expression,
                dtstart,
                exdates,
                rdates,
                next,
                overlap,
                catchUp == NO_CATCH_UP ? null : Duration.ofMillis(catchUp),
                GAPS[in.readByte()],
                DST_OVERLAPS[in.readByte()]);
    }
}
