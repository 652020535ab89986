package io.millrace.local.topic;

import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of a consumer as readers of events take them. */
public final class SourceRecords {

    private SourceRecords() {}

    /** The record without its headers: events of Millrace's own topics have nothing to be read there. */
    public static SourceRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                List.of());
    }
}
