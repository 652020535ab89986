package io.millrace.connectors.kafka.lag;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A part of what the source reads; there are none, as it reads no log. */
final class NoSplit implements SourceSplit {

    private NoSplit() {}

    @Override
    public String splitId() {
        throw new IllegalStateException("there are no splits");
    }

    /** Writes nothing, as there is nothing. */
    static <T> SimpleVersionedSerializer<T> serializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(T nothing) {
                return new byte[0];
            }

            @Override
            public T deserialize(int version, byte[] serialized) throws IOException {
                return null;
            }
        };
    }
}
