package io.millrace.operators.task;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.dedup.RecentIds;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers the series and carries out what is decided about them. Its output is {@code task-updates}; reminders,
 * announced occurrences and dead letters are side outputs, see {@link TaskOutputs}.
 */
public final class TasksOperator extends DecidingOperator<Series, IncomingTask, TaskCommand, OutboundRecord>
        implements OneInputStreamOperator<IncomingTask, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final Duration dedupWindow;
    private final Duration closedRetention;
    private final Duration unknownTaskWait;
    private final long reminderCatchUpMillis;
    private final long lateAfterMillis;

    private transient TaskSettings settings;
    private transient TaskDecider decider;
    private transient MapState<String, Long> overflowedIds;
    private transient TaskMetrics metrics;
    private transient TaskOutputs outputs;

    /**
     * @param reminderCatchUp a reminder released later than this after its moment is not sent any more
     * @param lateAfter a reminder released later than this after its moment is marked late
     */
    public TasksOperator(TaskSettings settings, Duration reminderCatchUp, Duration lateAfter) {
        this(settings, reminderCatchUp, lateAfter, SliceClock.JVM);
    }

    TasksOperator(TaskSettings settings, Duration reminderCatchUp, Duration lateAfter, SliceClock sliceClock) {
        super(sliceClock, TaskState.SERIES, TaskState.PENDING);
        this.dedupWindow = settings.dedupWindow();
        this.closedRetention = settings.closedRetention();
        this.unknownTaskWait = settings.unknownTaskWait();
        this.reminderCatchUpMillis = reminderCatchUp.toMillis();
        this.lateAfterMillis = lateAfter.toMillis();
    }

    @Override
    public void open() throws Exception {
        settings = new TaskSettings(dedupWindow, closedRetention, unknownTaskWait);
        decider = new TaskDecider(settings);
        overflowedIds = getRuntimeContext().getMapState(TaskState.OVERFLOWED_IDS);
        metrics = new TaskMetrics(getMetricGroup());
        super.open();
        getMetricGroup().gauge(TaskMetrics.PENDING_REMINDERS, (Gauge<Long>) this::total);
        outputs = new TaskOutputs(
                output, metrics, new Rejections(getMetricGroup()), reminderCatchUpMillis, lateAfterMillis);
    }

    @Override
    protected Map<Outcome, Counter> counters() {
        return metrics.effects;
    }

    @Override
    public void processElement(StreamRecord<IncomingTask> element) throws Exception {
        IncomingTask incoming = element.getValue();
        take(incoming, incoming.source().timestamp());
    }

    @Override
    protected Decision<Series, Outcome, TaskCommand> decide(
            Series state, IncomingTask incoming, long causedAt, long latest) {
        return decider.decide(SeriesKey.of(incoming.event()), state, incoming, latest, this::overflowedAt);
    }

    @Override
    protected Decision<Series, Outcome, TaskCommand> wake(String key, Series state, long time, long latest) {
        return decider.wake(SeriesKey.decode(key), state, time, latest);
    }

    @Override
    protected long nextWake(Series state) {
        return state.nextWake(settings);
    }

    @Override
    protected long share(Series state) {
        return state.pendingReminders();
    }

    @Override
    protected void carryOut(List<TaskCommand> commands, long causedAt) throws Exception {
        for (int i = 0; i < commands.size(); i++) {
            TaskCommand command = commands.get(i);
            if (command instanceof TaskCommand.Overflow overflow) {
                keepOverflowed(overflow.ids());
            } else if (command instanceof TaskCommand.ForgetOverflow forget) {
                forgetOverflowed(forget.time());
            } else {
                outputs.send(command, causedAt, wallClock());
            }
        }
    }

    private void keepOverflowed(RecentIds ids) throws Exception {
        for (int i = 0; i < ids.size(); i++) {
            overflowedIds.put(ids.id(i).toString(), ids.time(i));
        }
    }

    private void forgetOverflowed(long before) throws Exception {
        Iterator<Map.Entry<String, Long>> ids = overflowedIds.iterator();
        while (ids.hasNext()) {
            if (ids.next().getValue() < before) {
                ids.remove();
            }
        }
        if (overflowedIds.isEmpty()) {
            // On the heap an emptied map would stay under its key.
            overflowedIds.clear();
        }
    }

    private Long overflowedAt(UUID id) {
        try {
            return overflowedIds.get(id.toString());
        } catch (Exception e) {
            throw new IllegalStateException("reading state", e);
        }
    }
}
