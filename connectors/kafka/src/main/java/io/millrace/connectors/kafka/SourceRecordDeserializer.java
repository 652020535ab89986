package io.millrace.connectors.kafka;

import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Passes records on as they are: whatever is in them, this never fails. Notes how far it has read. */
final class SourceRecordDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    /** What a record has more is not read: a header of three bytes would become objects of two hundred. */
    static final int MOST_HEADERS = 1_000;

    private transient CatchUp catchUp;
    private transient RecordTimes times;
    private transient KeyPartitions keys;

    /** Notes progress in {@code progress} from now on. Called by the task's thread, as is the rest. */
    void track(CatchUp progress, RecordTimes recordTimes, KeyPartitions keyPartitions) {
        catchUp = progress;
        times = recordTimes;
        keys = keyPartitions;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> kafka, Collector<SourceRecord> out) {
        if (catchUp != null) {
            long readUpTo = times.hasCome(kafka) ? kafka.timestamp() : CatchUp.NEVER;
            catchUp.read(kafka.partition(), kafka.offset(), readUpTo);
            keys.read(kafka);
        }
        out.collect(new SourceRecord(
                kafka.topic(),
                kafka.partition(),
                kafka.offset(),
                kafka.timestamp(),
                kafka.key(),
                kafka.value(),
                headers(kafka)));
    }

    private static List<RecordHeader> headers(ConsumerRecord<byte[], byte[]> kafka) {
        List<RecordHeader> headers = null;
        for (Header header : kafka.headers()) {
            if (headers == null) {
                headers = new ArrayList<>(4);
            } else if (headers.size() == MOST_HEADERS) {
                break;
            }
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return headers == null ? List.of() : headers;
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }
}
