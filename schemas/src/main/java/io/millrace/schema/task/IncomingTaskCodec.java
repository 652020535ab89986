package io.millrace.schema.task;

import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.SourceRecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/** Encodes {@link IncomingTask} for the network between tasks. It is never kept, so it carries no version. */
public final class IncomingTaskCodec implements Codec<IncomingTask> {
    private static final int SNOOZE_NONE = 0;
    private static final int SNOOZE_MINUTES = 1;
    private static final int SNOOZE_UNTIL = 2;

    @Override
    public Class<IncomingTask> type() {
        return IncomingTask.class;
    }

    @Override
    public void write(IncomingTask value, DataOutput out) throws IOException {
        TaskEvent event = value.event();
        Binary.writeUuid(out, event.eventId());
        out.writeByte(event.type().ordinal());
        out.writeLong(event.occurredAt().toEpochMilli());
        Binary.writeString(out, event.tenant());
        Binary.writeString(out, event.userId());
        Binary.writeString(out, event.taskId());
        Binary.writeString(out, event.correlationId());
        Binary.writeString(out, event.traceparent());
        TaskFieldsCodec.write(event.fields(), out);
        writeSnooze(event.snooze(), out);
        SourceRecordCodec.write(value.source(), out);
    }

    private static void writeSnooze(Snooze snooze, DataOutput out) throws IOException {
        if (snooze == null) {
            out.writeByte(SNOOZE_NONE);
        } else if (snooze.until() == null) {
            out.writeByte(SNOOZE_MINUTES);
            Binary.writeSize(out, snooze.minutes());
        } else {
            out.writeByte(SNOOZE_UNTIL);
            TaskFieldsCodec.writeDue(snooze.until(), out);
        }
    }

    @Override
    public IncomingTask read(DataInput in) throws IOException {
        TaskEvent event = new TaskEvent(
                Binary.readUuid(in),
                TaskEventType.ofOrdinal(in.readByte()),
                Instant.ofEpochMilli(in.readLong()),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                TaskFieldsCodec.read(in),
                readSnooze(in));
        return new IncomingTask(event, SourceRecordCodec.read(in));
    }

    private static Snooze readSnooze(DataInput in) throws IOException {
        return switch (in.readByte()) {
            case SNOOZE_NONE -> null;
            case SNOOZE_MINUTES -> new Snooze(Binary.readSize(in), null);
            case SNOOZE_UNTIL -> new Snooze(0, TaskFieldsCodec.readDue(in));
            default -> throw new IOException("a snooze of unknown kind");
        };
    }
}
