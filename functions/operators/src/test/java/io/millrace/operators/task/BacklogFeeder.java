package io.millrace.operators.task;

import io.millrace.schema.task.IncomingTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An input that is behind: sends tasks at once, then a watermark past their reminders, and one task more when told to.
 */
final class BacklogFeeder extends AbstractStreamOperator<IncomingTask>
        implements OneInputStreamOperator<Long, IncomingTask> {
    private static final long serialVersionUID = 1L;
    static final long LOGGED = 1_700_000_000_000L;
    static final long DUE = LOGGED + 60_000;

    /** Tells the feeder of the running test to send its last task. */
    static volatile boolean oneMore;

    private final int tasks;
    private transient TaskLog log;
    private transient boolean sentAll;
    private transient boolean sentLast;

    BacklogFeeder(int tasks) {
        this.tasks = tasks;
    }

    @Override
    public void processElement(StreamRecord<Long> element) throws Exception {
        if (!sentAll) {
            log = new TaskLog();
            for (int i = 0; i < tasks; i++) {
                send("t-" + i, LOGGED, DUE);
            }
            output.emitWatermark(new Watermark(DUE));
            sentAll = true;
        } else if (oneMore && !sentLast) {
            send("last", DUE + 1, DUE + TimeUnit.DAYS.toMillis(36_500));
            sentLast = true;
        } else {
            // The numbers that drive this operator come without end.
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void send(String taskId, long logTime, long dueAt) {
        output.collect(new StreamRecord<>(log.created(taskId, logTime, dueAt)));
    }

    @Override
    public void processWatermark(Watermark mark) {
        // Its own are the only ones.
    }
}
