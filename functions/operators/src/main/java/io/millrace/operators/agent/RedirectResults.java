package io.millrace.operators.agent;

import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/**
 * Sends a result that its topic does not take to the default topic, saying where it was to go: one that is gone, that the job may not
 * write to, or whose limit the result exceeds. One caller's topic is not to stop the job of all.
 */
public final class RedirectResults extends RichMapFunction<AddressedRecord, AddressedRecord> {
    private static final long serialVersionUID = 1L;

    /** Of a batch with one record: 61 bytes, and up to 26 of the record (KIP-98). */
    private static final int KAFKA_OVERHEAD_BYTES = 100;

    private static final int HEADER_OVERHEAD_BYTES = 10;
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private final String defaultTopic;
    private final TopicDirectory topics;

    private transient Counter redirected;

    public RedirectResults(String defaultTopic, TopicDirectory topics) {
        this.defaultTopic = defaultTopic;
        this.topics = topics;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        topics.open();
        redirected = getRuntimeContext().getMetricGroup().counter(AgentMetrics.REDIRECTED_RESULTS);
    }

    @Override
    public AddressedRecord map(AddressedRecord result) {
        if (result.topic().equals(defaultTopic) || topics.takes(result.topic(), size(result))) {
            return result;
        }
        redirected.inc();
        List<RecordHeader> headers = new ArrayList<>(result.headers());
        headers.add(new RecordHeader(WireHeaders.REPLY_TO, result.topic().getBytes(StandardCharsets.UTF_8)));
        return new AddressedRecord(defaultTopic, result.key(), result.value(), headers);
    }

    private static int size(AddressedRecord result) {
        int bytes = KAFKA_OVERHEAD_BYTES + length(result.key()) + length(result.value());
        for (RecordHeader header : result.headers()) {
            bytes += HEADER_OVERHEAD_BYTES
                    + length(header.value())
                    + header.key().length() * MAX_BYTES_OF_A_CHAR;
        }
        return bytes;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public void close() throws Exception {
        topics.close();
    }
}
