package io.millrace.operators.task;

import io.millrace.operators.deadletter.DeadLetterMetrics;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reads the event of each record; what is none goes to {@link TaskOutputs#DEAD_LETTERS}. */
public final class ReadTaskEvents extends ProcessFunction<SourceRecord, IncomingTask> {
    private static final long serialVersionUID = 1L;

    private transient DeadLetterMetrics deadLetters;

    @Override
    public void open(OpenContext context) {
        deadLetters = new DeadLetterMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SourceRecord source, Context context, Collector<IncomingTask> out) {
        IncomingTask incoming;
        try {
            incoming = new IncomingTask(TaskEventReader.read(source), source);
        } catch (RejectedEventException e) {
            deadLetters.count(e.code());
            context.output(TaskOutputs.DEAD_LETTERS, DeadLetters.of(source, e.code(), e.getMessage()));
            return;
        }
        out.collect(incoming);
    }
}
