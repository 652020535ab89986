package io.millrace.operators.deadletter;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads the event of each record; what is none goes to {@link Rejections#DEAD_LETTERS}.
 *
 * @param <T> the event
 */
public final class ReadEvents<T> extends ProcessFunction<SourceRecord, T> {
    private static final long serialVersionUID = 1L;

    private final EventReader<T> reader;

    private transient Rejections rejections;

    public ReadEvents(EventReader<T> reader) {
        this.reader = reader;
    }

    @Override
    public void open(OpenContext context) {
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<T> out) {
        T event;
        try {
            event = EventReader.read(reader, source);
        } catch (RejectedEventException e) {
            context.output(Rejections.DEAD_LETTERS, rejections.reject(source, e));
            return;
        }
        if (event != null) {
            out.collect(event);
        }
    }
}
