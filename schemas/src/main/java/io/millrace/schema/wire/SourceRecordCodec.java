package io.millrace.schema.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Encodes {@link SourceRecord}; part of codecs that carry a version of their own. */
public final class SourceRecordCodec {

    private SourceRecordCodec() {}

    public static void write(SourceRecord value, DataOutput out) throws IOException {
        Binary.writeString(out, value.topic());
        Binary.writeSize(out, value.partition());
        out.writeLong(value.offset());
        out.writeLong(value.timestamp());
        Binary.writeBytes(out, value.key());
        Binary.writeBytes(out, value.value());
        Binary.writeList(out, value.headers(), (o, header) -> {
            Binary.writeString(o, header.key());
            Binary.writeBytes(o, header.value());
        });
    }

    public static SourceRecord read(DataInput in) throws IOException {
        return new SourceRecord(
                Binary.readString(in),
                Binary.readSize(in),
                in.readLong(),
                in.readLong(),
                Binary.readBytes(in),
                Binary.readBytes(in),
                Binary.readList(in, i -> new RecordHeader(Binary.readString(i), Binary.readBytes(i))));
    }
}
