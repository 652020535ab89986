package io.millrace.logic.task;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** States as bytes, as a savepoint keeps them. */
final class Encoded {
    private static final SeriesCodec CODEC = new SeriesCodec();

    private Encoded() {}

    static byte[] bytes(Series series) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CODEC.write(series, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads all the bytes. */
    static Series read(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            Series series = CODEC.read(new DataInputStream(in));
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes are left over");
            }
            return series;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
