package io.millrace.schema.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The building blocks of the codecs: variable-length integers, and values that may be null. */
public final class Binary {

    private Binary() {}

    /** Writes a non-negative number in 7-bit groups, least significant first. */
    public static void writeSize(DataOutput out, int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    public static int readSize(DataInput in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a size of more than five bytes");
    }

    /** Writes any number in 7-bit groups; the nearer to zero, the shorter. */
    public static void writeSigned(DataOutput out, long value) throws IOException {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readSigned(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    /** Null and the empty array are told apart. */
    public static void writeBytes(DataOutput out, byte[] value) throws IOException {
        if (value == null) {
            writeSize(out, 0);
        } else {
            writeSize(out, value.length + 1);
            out.write(value);
        }
    }

    public static byte[] readBytes(DataInput in) throws IOException {
        int size = readSize(in) - 1;
        if (size < 0) {
            return null;
        }
        byte[] value = new byte[size];
        in.readFully(value);
        return value;
    }

    public static void writeString(DataOutput out, String value) throws IOException {
        writeBytes(out, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public static String readString(DataInput in) throws IOException {
        byte[] value = readBytes(in);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    public static void writeUuid(DataOutput out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    public static UUID readUuid(DataInput in) throws IOException {
        long most = in.readLong();
        return new UUID(most, in.readLong());
    }

    /** Millisecond precision. */
    public static void writeLocal(DataOutput out, LocalDateTime value) throws IOException {
        out.writeLong(value.toInstant(ZoneOffset.UTC).toEpochMilli());
    }

    public static LocalDateTime readLocal(DataInput in) throws IOException {
        long millis = in.readLong();
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    /** Writes one element of a list. */
    @FunctionalInterface
    public interface ElementWriter<T> {
        void write(DataOutput out, T element) throws IOException;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface ElementReader<T> {
        T read(DataInput in) throws IOException;
    }

    public static <T> void writeList(DataOutput out, List<T> list, ElementWriter<? super T> writer) throws IOException {
        writeSize(out, list.size());
        for (int i = 0; i < list.size(); i++) {
            writer.write(out, list.get(i));
        }
    }

    public static <T> List<T> readList(DataInput in, ElementReader<? extends T> reader) throws IOException {
        int size = readSize(in);
        if (size == 0) {
            return List.of();
        }
        List<T> list = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            list.add(reader.read(in));
        }
        return list;
    }
}
