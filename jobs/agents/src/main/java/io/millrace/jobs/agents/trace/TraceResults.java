package io.millrace.jobs.agents.trace;

import io.millrace.logic.agent.CallKeys;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes the span of each call whose result passes; results pass as they are. */
public final class TraceResults extends RichMapFunction<AddressedRecord, AddressedRecord> {
    private static final long serialVersionUID = 1L;

    private final TraceSettings settings;

    private transient TraceTree tree;
    private transient SpanExport export;

    /** @param settings of traces that are on */
    public TraceResults(TraceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        tree = new TraceTree(settings.sampleRatio());
        export = new SpanExport(settings, getRuntimeContext().getMetricGroup());
    }

    @Override
    public AddressedRecord map(AddressedRecord record) {
        try {
            trace(AgentResultReader.read(
                    new SourceRecord(record.topic(), 0, 0, 0, record.key(), record.value(), record.headers())));
        } catch (RejectedEventException e) {
            // A result that is too large to be read back is no reason not to give it.
            export.drop(1);
        }
        return record;
    }

    private void trace(AgentResult result) {
        // Under the key there may be a final result besides those that are not.
        UUID key = result.isFinal() ? CallKeys.idempotencyKey(result.tenant(), result.callKey()) : result.eventId();
        SpanContext call = tree.call(key.toString(), result.traceparent());
        if (call.isSampled()) {
            export.send(Spans.call(result, call, TraceTree.caller(result.traceparent())));
        }
    }

    @Override
    public void close() {
        if (export != null) {
            export.close();
        }
    }
}
