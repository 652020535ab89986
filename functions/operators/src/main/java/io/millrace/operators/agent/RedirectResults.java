package io.millrace.operators.agent;

import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RecordSize;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/**
 * Sends a result that its topic does not take to the default topic, saying where it was to go: one that is gone, that
 * the job may not write to, or whose limit the result exceeds. One caller's topic is not to stop the job of all.
 */
public final class RedirectResults extends RichMapFunction<AddressedRecord, AddressedRecord> {
    private static final long serialVersionUID = 1L;

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
        if (result.topic().equals(defaultTopic)
                || topics.takes(result.topic(), RecordSize.inKafka(result.key(), result.value(), result.headers()))) {
            return result;
        }
        redirected.inc();
        List<RecordHeader> headers = new ArrayList<>(result.headers());
        headers.add(new RecordHeader(WireHeaders.REPLY_TO, result.topic().getBytes(StandardCharsets.UTF_8)));
        return new AddressedRecord(defaultTopic, result.key(), result.value(), headers);
    }

    @Override
    public void close() throws Exception {
        topics.close();
    }
}
