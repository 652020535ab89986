package io.millrace.operators.task;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.logic.task.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.operators.timer.PacedTimerOperator;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers the series and carries out what is decided about them. Its output is {@code task-updates}; reminders,
 * announced occurrences and dead letters are side outputs, see {@link TaskOutputs}.
 */
public final class TasksOperator extends PacedTimerOperator<String, OutboundRecord>
        implements OneInputStreamOperator<IncomingTask, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final Duration dedupWindow;
    private final Duration closedRetention;
    private final Duration unknownTaskWait;
    private final long reminderCatchUpMillis;
    private final long lateAfterMillis;

    private transient TaskSettings settings;
    private transient TaskDecider decider;
    private transient ValueState<Series> series;
    private transient MapState<String, Long> overflowedIds;
    private transient ListState<Long> pendingState;
    private transient long pending;
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
        super(sliceClock);
        this.dedupWindow = settings.dedupWindow();
        this.closedRetention = settings.closedRetention();
        this.unknownTaskWait = settings.unknownTaskWait();
        this.reminderCatchUpMillis = reminderCatchUp.toMillis();
        this.lateAfterMillis = lateAfter.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pendingState = context.getOperatorStateStore().getListState(TaskState.PENDING);
        pending = 0;
        for (Long part : pendingState.get()) {
            pending += part;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        settings = new TaskSettings(dedupWindow, closedRetention, unknownTaskWait);
        decider = new TaskDecider(settings);
        series = getRuntimeContext().getState(TaskState.SERIES);
        overflowedIds = getRuntimeContext().getMapState(TaskState.OVERFLOWED_IDS);
        metrics = new TaskMetrics(getMetricGroup());
        getMetricGroup().gauge(TaskMetrics.PENDING_REMINDERS, (Gauge<Long>) () -> pending);
        getMetricGroup().gauge(TaskMetrics.INPUT_CLOCK_LAG_MS, (Gauge<Long>) this::inputClockLag);
        getMetricGroup().gauge(TaskMetrics.WAKE_UP_HORIZON_MS, (Gauge<Long>) this::wakeUpHorizon);
        outputs = new TaskOutputs(output, metrics, reminderCatchUpMillis, lateAfterMillis);
    }

    @Override
    public void processElement(StreamRecord<IncomingTask> element) throws Exception {
        IncomingTask incoming = element.getValue();
        SeriesKey key = SeriesKey.of(incoming.event());
        Series before = series.value();
        Decision decision = decider.decide(key, before, incoming, latestLogTime(), this::overflowedAt);
        count(decision.outcome());
        remember(before, decision.state());
        carryOut(decision, incoming.source().timestamp());
    }

    @Override
    protected void onWake(long time) throws Exception {
        Series before = series.value();
        if (before == null) {
            return;
        }
        SeriesKey key = SeriesKey.decode((String) getCurrentKey());
        Decision decision = decider.wake(key, before, time, latestLogTime());
        remember(before, decision.state());
        // The wake-up that brought us here is used up, also when the next one is for the same time.
        if (decision.state() != null && decision.state().nextWake(settings) < Long.MAX_VALUE) {
            wakeAt(decision.state().nextWake(settings));
        }
        carryOut(decision, time);
    }

    @Override
    protected String wokenState() {
        return TaskState.SERIES.getName();
    }

    @Override
    protected long nextWake() throws Exception {
        Series current = series.value();
        return current == null ? Long.MAX_VALUE : current.nextWake(settings);
    }

    private void remember(Series before, Series after) throws Exception {
        if (after == before) {
            return;
        }
        if (after == null) {
            series.clear();
        } else {
            series.update(after);
        }
        long wakeBefore = before == null ? Long.MAX_VALUE : before.nextWake(settings);
        moveWake(wakeBefore, after == null ? Long.MAX_VALUE : after.nextWake(settings));
        pending += (after == null ? 0 : after.pendingReminders()) - (before == null ? 0 : before.pendingReminders());
    }

    private void carryOut(Decision decision, long causedAt) throws Exception {
        List<TaskCommand> commands = decision.commands();
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

    private void count(Outcome outcome) {
        switch (outcome) {
            case APPLIED -> metrics.accepted.inc();
            case NO_EFFECT -> metrics.noEffect.inc();
            case RECOGNISED -> metrics.recognised.inc();
            case DUPLICATE -> metrics.duplicates.inc();
            case WAITING -> metrics.waited.inc();
            case REJECTED, WOKEN -> {
                // Dead letters are counted by code when they are sent.
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pendingState.update(List.of(pending));
    }
}
