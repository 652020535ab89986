package io.millrace.logic.task;

import io.millrace.logic.dedup.RecentIds;
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
 * The encoding of {@link Series} in state. It begins with a version; to change it, write the new version and keep
 * reading the old ones. A test compares it with bytes that earlier versions wrote. What this version writes is read by
 * the build that introduced it and by later ones: an earlier build refuses it, with its version.
 *
 * <p>Version 2 writes times and ids relative to the series' own ({@link Base}): most are the same or near. Its readers
 * also know that not every wake-up is a timer.
 */
public final class SeriesCodec implements Codec<Series> {
    private static final int VERSION = 2;

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
        Base base = new Base(VERSION, series.clock(), series.createdBy());
        TaskFieldsCodec.write(series.template(), out);
        Binary.writeList(out, series.tasks(), (o, task) -> writeTask(base, task, o));
        if (series.schedule() != null) {
            writeSchedule(base, series.schedule(), out);
        }
        writeIds(base, series.recent(), out);
        if (overflow) {
            out.writeLong(series.overflowedUntil());
            out.writeLong(series.forgetAt());
        }
        if (!series.waiting().isEmpty()) {
            Binary.writeList(out, series.waiting(), (o, event) -> writeWaiting(base, event, o));
        }
    }

    @Override
    public Series read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > VERSION) {
            throw new IOException("state of a series in version " + version + "; this build reads up to " + VERSION);
        }
        int has = in.readUnsignedByte();
        long clock = in.readLong();
        UUID createdBy = (has & HAS_CREATED_BY) != 0 ? Binary.readUuid(in) : null;
        Base base = new Base(version, clock, createdBy);
        var template = TaskFieldsCodec.read(in);
        var tasks = Binary.readList(in, i -> readTask(base, i));
        Schedule schedule = (has & HAS_SCHEDULE) != 0 ? readSchedule(base, in) : null;
        RecentIds recent = readIds(base, in);
        boolean overflow = (has & HAS_OVERFLOW) != 0;
        long overflowedUntil = overflow ? in.readLong() : 0;
        long forgetAt = overflow ? in.readLong() : Long.MAX_VALUE;
        List<Waiting> waiting = (has & HAS_WAITING) != 0 ? Binary.readList(in, i -> readWaiting(base, i)) : List.of();
        return new Series(clock, createdBy, template, tasks, schedule, recent, overflowedUntil, forgetAt, waiting);
    }

    /**
     * What ids and times are relative to.
     *
     * @param version 1 has them absolute
     * @param id null when the series has none
     */
    private record Base(int version, long time, UUID id) {

        void writeTime(DataOutput out, long value) throws IOException {
            Binary.writeSigned(out, value - time);
        }

        long readTime(DataInput in) throws IOException {
            return version == 1 ? in.readLong() : time + Binary.readSigned(in);
        }

        void writeCount(DataOutput out, long value) throws IOException {
            Binary.writeSigned(out, value);
        }

        long readCount(DataInput in) throws IOException {
            return version == 1 ? in.readLong() : Binary.readSigned(in);
        }

        void writeId(DataOutput out, UUID value) throws IOException {
            boolean same = value.equals(id);
            out.writeBoolean(same);
            if (!same) {
                Binary.writeUuid(out, value);
            }
        }

        UUID readId(DataInput in) throws IOException {
            return version > 1 && in.readBoolean() ? id : Binary.readUuid(in);
        }
    }

    private static void writeTask(Base base, Task task, DataOutput out) throws IOException {
        out.writeByte((task.recurrenceId() != null ? HAS_RECURRENCE_ID : 0)
                | (task.arming() != null ? HAS_ARMING : 0)
                | (task.snoozed() != null ? HAS_SNOOZED : 0)
                | (task.isOpen() ? 0 : IS_CLOSED));
        out.writeByte(task.status().ordinal());
        base.writeCount(out, task.version());
        TaskFieldsCodec.write(task.own(), out);
        base.writeTime(out, task.createdAt());
        if (task.recurrenceId() != null) {
            Binary.writeLocal(out, task.recurrenceId());
        }
        if (task.arming() != null) {
            writeArming(base, task.arming(), out);
            Binary.writeList(out, task.moments(), (o, moment) -> {
                base.writeTime(o, moment.at());
                Binary.writeSize(o, moment.beforeMinutes());
            });
        }
        if (task.snoozed() != null) {
            base.writeTime(out, task.snoozed().at());
            writeArming(base, task.snoozed().arming(), out);
        }
        if (!task.isOpen()) {
            base.writeTime(out, task.closedAt());
        }
    }

    private static Task readTask(Base base, DataInput in) throws IOException {
        int has = in.readUnsignedByte();
        TaskStatus status = TaskStatus.ofOrdinal(in.readByte());
        long version = base.readCount(in);
        var own = TaskFieldsCodec.read(in);
        long createdAt = base.readTime(in);
        LocalDateTime recurrenceId = (has & HAS_RECURRENCE_ID) != 0 ? Binary.readLocal(in) : null;
        boolean armed = (has & HAS_ARMING) != 0;
        Arming arming = armed ? readArming(base, in) : null;
        List<ReminderTime> moments =
                armed ? Binary.readList(in, i -> new ReminderTime(base.readTime(i), Binary.readSize(i))) : List.of();
        SnoozedReminder snoozed =
                (has & HAS_SNOOZED) != 0 ? new SnoozedReminder(base.readTime(in), readArming(base, in)) : null;
        long closedAt = (has & IS_CLOSED) != 0 ? base.readTime(in) : 0;
        return new Task(recurrenceId, status, version, own, arming, moments, snoozed, createdAt, closedAt);
    }

    private static void writeArming(Base base, Arming arming, DataOutput out) throws IOException {
        base.writeId(out, arming.id());
        Binary.writeString(out, arming.correlationId());
        Binary.writeString(out, arming.traceparent());
    }

    private static Arming readArming(Base base, DataInput in) throws IOException {
        return new Arming(base.readId(in), Binary.readString(in), Binary.readString(in));
    }

    private static void writeSchedule(Base base, Schedule schedule, DataOutput out) throws IOException {
        Binary.writeLocal(out, schedule.anchor());
        Binary.writeLocal(out, schedule.latest());
        base.writeTime(out, schedule.nextAt());
        out.writeBoolean(schedule.ended());
    }

    private static Schedule readSchedule(Base base, DataInput in) throws IOException {
        return new Schedule(Binary.readLocal(in), Binary.readLocal(in), base.readTime(in), in.readBoolean());
    }

    private static void writeIds(Base base, RecentIds ids, DataOutput out) throws IOException {
        Binary.writeSize(out, ids.size());
        for (int i = 0; i < ids.size(); i++) {
            base.writeId(out, ids.id(i));
            base.writeTime(out, ids.time(i));
        }
    }

    private static RecentIds readIds(Base base, DataInput in) throws IOException {
        int size = Binary.readSize(in);
        if (size == 0) {
            return RecentIds.NONE;
        }
        long[] packed = new long[size * 3];
        for (int i = 0; i < packed.length; i += 3) {
            UUID id = base.readId(in);
            packed[i] = id.getMostSignificantBits();
            packed[i + 1] = id.getLeastSignificantBits();
            packed[i + 2] = base.readTime(in);
        }
        return new RecentIds(packed);
    }

    private static void writeWaiting(Base base, Waiting waiting, DataOutput out) throws IOException {
        base.writeId(out, waiting.eventId());
        Binary.writeString(out, waiting.taskId());
        base.writeTime(out, waiting.until());
        SourceRecordCodec.write(waiting.source(), out);
    }

    private static Waiting readWaiting(Base base, DataInput in) throws IOException {
        return new Waiting(base.readId(in), Binary.readString(in), base.readTime(in), SourceRecordCodec.read(in));
    }
}
