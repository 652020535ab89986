package io.millrace.logic.task;

import io.millrace.schema.task.TaskFieldsCodec;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.SourceRecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The encoding of {@link Series} in state. It begins with a version; to change it, write the new version and keep reading
 * the old ones. A test compares it with bytes that earlier versions wrote.
 */
public final class SeriesCodec implements Codec<Series> {
    private static final int VERSION = 1;

    private static final int HAS_CREATED_BY = 1;
    private static final int HAS_SCHEDULE = 1 << 1;
    private static final int HAS_OVERFLOW = 1 << 2;
    private static final int HAS_WAITING = 1 << 3;

    private static final int HAS_RECURRENCE_ID = 1;
    private static final int HAS_ARMING = 1 << 1;
    private static final int HAS_SNOOZED = 1 << 2;
    private static final int IS_CLOSED = 1 << 3;

    @Override
    public Class<Series> type() {
        return Series.class;
    }

    @Override
    public void write(Series series, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        boolean overflow = series.overflowedUntil() != 0 || series.forgetAt() != Long.MAX_VALUE;
        out.writeByte((series.createdBy() != null ? HAS_CREATED_BY : 0)
                | (series.schedule() != null ? HAS_SCHEDULE : 0)
                | (overflow ? HAS_OVERFLOW : 0)
                | (series.waiting().isEmpty() ? 0 : HAS_WAITING));
        out.writeLong(series.clock());
        if (series.createdBy() != null) {
            Binary.writeUuid(out, series.createdBy());
        }
        TaskFieldsCodec.write(series.template(), out);
        Binary.writeList(out, series.tasks(), SeriesCodec::writeTask);
        if (series.schedule() != null) {
            writeSchedule(series.schedule(), out);
        }
        writeIds(series.recent(), out);
        if (overflow) {
            out.writeLong(series.overflowedUntil());
            out.writeLong(series.forgetAt());
        }
        if (!series.waiting().isEmpty()) {
            Binary.writeList(out, series.waiting(), SeriesCodec::writeWaiting);
        }
    }

    @Override
    public Series read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("state of a series in version " + version + "; this build reads up to " + VERSION);
        }
        int has = in.readUnsignedByte();
        long clock = in.readLong();
        UUID createdBy = (has & HAS_CREATED_BY) != 0 ? Binary.readUuid(in) : null;
        var template = TaskFieldsCodec.read(in);
        var tasks = Binary.readList(in, SeriesCodec::readTask);
        Schedule schedule = (has & HAS_SCHEDULE) != 0 ? readSchedule(in) : null;
        RecentIds recent = readIds(in);
        boolean overflow = (has & HAS_OVERFLOW) != 0;
        long overflowedUntil = overflow ? in.readLong() : 0;
        long forgetAt = overflow ? in.readLong() : Long.MAX_VALUE;
        List<Waiting> waiting = (has & HAS_WAITING) != 0 ? Binary.readList(in, SeriesCodec::readWaiting) : List.of();
        return new Series(clock, createdBy, template, tasks, schedule, recent, overflowedUntil, forgetAt, waiting);
    }

    private static void writeTask(DataOutput out, Task task) throws IOException {
        out.writeByte((task.recurrenceId() != null ? HAS_RECURRENCE_ID : 0)
                | (task.arming() != null ? HAS_ARMING : 0)
                | (task.snoozed() != null ? HAS_SNOOZED : 0)
                | (task.isOpen() ? 0 : IS_CLOSED));
        out.writeByte(task.status().ordinal());
        out.writeLong(task.version());
        TaskFieldsCodec.write(task.own(), out);
        out.writeLong(task.createdAt());
        if (task.recurrenceId() != null) {
            Binary.writeLocal(out, task.recurrenceId());
        }
        if (task.arming() != null) {
            writeArming(task.arming(), out);
            Binary.writeList(out, task.moments(), (o, moment) -> {
                o.writeLong(moment.at());
                Binary.writeSize(o, moment.beforeMinutes());
            });
        }
        if (task.snoozed() != null) {
            out.writeLong(task.snoozed().at());
            writeArming(task.snoozed().arming(), out);
        }
        if (!task.isOpen()) {
            out.writeLong(task.closedAt());
        }
    }

    private static Task readTask(DataInput in) throws IOException {
        int has = in.readUnsignedByte();
        TaskStatus status = TaskStatus.ofOrdinal(in.readByte());
        long version = in.readLong();
        var own = TaskFieldsCodec.read(in);
        long createdAt = in.readLong();
        LocalDateTime recurrenceId = (has & HAS_RECURRENCE_ID) != 0 ? Binary.readLocal(in) : null;
        boolean armed = (has & HAS_ARMING) != 0;
        Arming arming = armed ? readArming(in) : null;
        List<Moment> moments =
                armed ? Binary.readList(in, i -> new Moment(i.readLong(), Binary.readSize(i))) : List.of();
        SnoozedReminder snoozed = (has & HAS_SNOOZED) != 0 ? new SnoozedReminder(in.readLong(), readArming(in)) : null;
        long closedAt = (has & IS_CLOSED) != 0 ? in.readLong() : 0;
        return new Task(recurrenceId, status, version, own, arming, moments, snoozed, createdAt, closedAt);
    }

    private static void writeArming(Arming arming, DataOutput out) throws IOException {
        Binary.writeUuid(out, arming.id());
        Binary.writeString(out, arming.correlationId());
        Binary.writeString(out, arming.traceparent());
    }

    private static Arming readArming(DataInput in) throws IOException {
        return new Arming(Binary.readUuid(in), Binary.readString(in), Binary.readString(in));
    }

    private static void writeSchedule(Schedule schedule, DataOutput out) throws IOException {
        Binary.writeLocal(out, schedule.anchor());
        Binary.writeLocal(out, schedule.latest());
        out.writeLong(schedule.nextAt());
        out.writeBoolean(schedule.ended());
    }

    private static Schedule readSchedule(DataInput in) throws IOException {
        return new Schedule(Binary.readLocal(in), Binary.readLocal(in), in.readLong(), in.readBoolean());
    }

    private static void writeIds(RecentIds ids, DataOutput out) throws IOException {
        Binary.writeSize(out, ids.size());
        for (int i = 0; i < ids.size(); i++) {
            Binary.writeUuid(out, ids.id(i));
            out.writeLong(ids.time(i));
        }
    }

    private static RecentIds readIds(DataInput in) throws IOException {
        int size = Binary.readSize(in);
        if (size == 0) {
            return RecentIds.NONE;
        }
        long[] packed = new long[size * 3];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = in.readLong();
        }
        return new RecentIds(packed);
    }

    private static void writeWaiting(DataOutput out, Waiting waiting) throws IOException {
        Binary.writeUuid(out, waiting.eventId());
        Binary.writeString(out, waiting.taskId());
        out.writeLong(waiting.until());
        SourceRecordCodec.write(waiting.source(), out);
    }

    private static Waiting readWaiting(DataInput in) throws IOException {
        return new Waiting(Binary.readUuid(in), Binary.readString(in), in.readLong(), SourceRecordCodec.read(in));
    }
}
