package io.millrace.operators.timer;

import io.millrace.schema.wire.LogTime;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.InternalTimerServiceImpl;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * A keyed operator with one wake-up per key. A wake-up fires when the wall clock has reached it, but not ahead of the
 * input clock: while the input is behind, its watermark says up to which log time it was read, and nothing later is
 * released; once the input is idle (it has caught up) the wall clock alone counts.
 *
 * <p>Only wake-ups of the next hour are timers, see {@link WakeUpHorizon}; they are event-time timers, released by a
 * tick that pauses after about {@value #SLICE_MILLIS} ms: Flink fires all that is overdue in one loop otherwise, and
 * neither records nor checkpoint barriers pass meanwhile. The next slice is a processing-time timer and not a mail to
 * the task's own mailbox, because while mail is queued a task takes one record per mail. Watermarks release nothing
 * themselves: at the end of a bounded input, or when a job is drained, the last watermark would fire everything early.
 *
 * <p>Ticks come when something is due, at most every {@value #TICK_MILLIS} ms, and at least every
 * {@value #IDLE_MILLIS} ms: a tick costs two switches between threads, and a platform has dozens of such subtasks that
 * wait for nothing most of the time.
 *
 * <p>It may have one input or two, the second of which need not be keyed; what is behind in either holds wake-ups back.
 *
 * @param <K> the key
 * @param <O> the output
 */
public abstract class PacedTimerOperator<K, O> extends AbstractStreamOperator<O>
        implements Triggerable<K, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    static final long TICK_MILLIS = 10;
    static final long SLICE_MILLIS = 10;
    static final long IDLE_MILLIS = 1000;

    /** Between two slices of a backlog: what records and barriers have then. */
    private static final long PAUSE_MILLIS = 2;

    private static final long SLICE_NANOS = SLICE_MILLIS * 1_000_000;

    /** Part of the state layout: the name under which savepoints hold the timers. */
    private static final String TIMER_SERVICE = "wake-ups";

    /** Part of the state layout: up to when each subtask's wake-ups are timers, milliseconds since the epoch. */
    private static final ListStateDescriptor<Long> HORIZON = new ListStateDescriptor<>("wake-up-horizon", Types.LONG);

    /** The backend whose keys can be read while they change. */
    private static final String ROCKSDB = "rocksdb";

    private final SliceClock sliceClock;

    private transient InternalTimerServiceImpl<K, VoidNamespace> timers;
    private transient NextTimer nextTimer;
    private transient WakeUpHorizon<K> horizon;
    private transient ListState<Long> horizonState;
    private transient long restoredHorizon;
    private transient long openedAt;
    private transient long inputClock;
    private transient boolean inputCaughtUp;
    /** Of two inputs, by their index. */
    private transient boolean[] caughtUp;

    private transient ScheduledFuture<?> tick;
    /** When the next tick comes, milliseconds since the epoch. */
    private transient long tickAt;
    /** Whether something is due that the input holds back. */
    private transient boolean holdsBack;

    protected PacedTimerOperator(SliceClock sliceClock) {
        this.sliceClock = sliceClock;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        horizonState = context.getOperatorStateStore().getUnionListState(HORIZON);
        restoredHorizon = context.isRestored() ? Long.MIN_VALUE : Long.MAX_VALUE;
        Iterator<Long> horizons = horizonState.get().iterator();
        if (horizons.hasNext()) {
            // Any key may come from any subtask.
            restoredHorizon = Long.MAX_VALUE;
            horizons.forEachRemaining(reached -> restoredHorizon = Math.min(restoredHorizon, reached));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        openedAt = wallClock();
        inputClock = Long.MIN_VALUE;
        caughtUp = new boolean[2];
        InternalTimerService<VoidNamespace> service =
                getInternalTimerService(TIMER_SERVICE, VoidNamespaceSerializer.INSTANCE, this);
        @SuppressWarnings("unchecked")
        InternalTimerServiceImpl<K, VoidNamespace> sliced = (InternalTimerServiceImpl<K, VoidNamespace>) service;
        timers = sliced;
        nextTimer = NextTimer.of(sliced);
        boolean rocksDb = getKeyedStateBackend().getBackendTypeIdentifier().equals(ROCKSDB);
        horizon = new WakeUpHorizon<>(new Keys(rocksDb), rocksDb, restoredHorizon, openedAt);
        scheduleTick(openedAt + TICK_MILLIS);
    }

    /** Sets a wake-up of the current key; the state named by {@link #wokenState} must hold it as well. */
    protected final void wakeAt(long time) {
        if (horizon.includes(time)) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            tickNoLaterThan(time);
        }
    }

    /** Takes a wake-up of the current key back. A later one may come all the same, when it was set before a restart. */
    private void forgetWake(long time) {
        if (horizon.includes(time)) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, time);
        }
    }

    /** Sets the current key's wake-up anew; {@link Long#MAX_VALUE} for none. */
    protected final void moveWake(long before, long after) {
        if (before != after) {
            if (before < Long.MAX_VALUE) {
                forgetWake(before);
            }
            if (after < Long.MAX_VALUE) {
                wakeAt(after);
            }
        }
    }

    /** The name of the keyed state that holds the wake-ups; a key without it has none. */
    protected abstract String wokenState();

    /** The current key's wake-up by its state, in milliseconds since the epoch; {@link Long#MAX_VALUE} for none. */
    protected abstract long nextWake() throws Exception;

    /**
     * Brings keyed state up to date, where the operator holds some of it elsewhere: before a checkpoint, and before all
     * keys are looked at.
     */
    protected void writeBack() throws Exception {}

    /** How far ahead of the wall clock all wake-ups are timers, in milliseconds; negative when some may come late. */
    protected final long wakeUpHorizon() {
        return horizon.reached() == Long.MIN_VALUE ? openedAt - wallClock() : horizon.reached() - wallClock();
    }

    /**
     * How far the input is behind the wall clock, in milliseconds, as far as it holds wake-ups back; 0 when it does
     * not. Before anything is known of the input, how long that has been so.
     */
    protected final long inputClockLag() {
        if (inputCaughtUp) {
            return 0;
        }
        return Math.max(0, wallClock() - (inputClock == Long.MIN_VALUE ? openedAt : inputClock));
    }

    /** Whether all of the input that was logged before is read; milliseconds since the epoch. */
    protected final boolean hasRead(long time) {
        return inputCaughtUp || inputClock >= time;
    }

    protected final long wallClock() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /**
     * By how many milliseconds wake-ups stay behind what the source allows: what was logged just before a wake-up may be
     * read after it otherwise, see ADR 0010.
     */
    protected long heldBack() {
        return 0;
    }

    /** The latest log time there can be by now, milliseconds since the epoch; see {@link LogTime}. */
    protected final long latestLogTime() {
        return LogTime.latest(wallClock());
    }

    private void scheduleTick(long time) {
        tickAt = time;
        tick = getProcessingTimeService().registerTimer(time, this::tick);
    }

    private void tickNoLaterThan(long time) {
        if (time < tickAt) {
            long earliest = Math.max(time, wallClock() + TICK_MILLIS);
            if (earliest < tickAt) {
                tick.cancel(false);
                scheduleTick(earliest);
            }
        }
    }

    private void tick(long time) throws Exception {
        if (time != tickAt) {
            // It had come already when it was cancelled, and another one was set.
            return;
        }
        horizon.advance(wallClock());
        long released = inputCaughtUp ? wallClock() : Math.min(wallClock(), inputClock);
        boolean finished = true;
        if (released > Long.MIN_VALUE) {
            long start = sliceClock.nanoTime();
            finished = timers.tryAdvanceWatermark(released, () -> sliceClock.nanoTime() - start > SLICE_NANOS);
        }
        long now = wallClock();
        scheduleTick(now + (finished ? untilNextTick(now) : PAUSE_MILLIS));
    }

    private long untilNextTick(long now) {
        long due = nextTimer.time();
        holdsBack = !inputCaughtUp && due <= now && due > inputClock;
        if (horizon.isMoving() || (due <= now && !holdsBack)) {
            return TICK_MILLIS;
        }
        return holdsBack ? IDLE_MILLIS : Math.max(TICK_MILLIS, Math.min(due - now, IDLE_MILLIS));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        writeBack();
        super.snapshotState(context);
        horizonState.update(List.of(horizon.reached()));
    }

    @Override
    public void close() throws Exception {
        if (horizon != null) {
            horizon.close();
        }
        super.close();
    }

    /** Tells those after it too how far the log was read. */
    @Override
    public final void processWatermark(Watermark mark) {
        inputClock = Math.max(inputClock, mark.getTimestamp() - heldBack());
        if (holdsBack) {
            tickNoLaterThan(wallClock());
        }
        output.emitWatermark(mark);
    }

    @Override
    public final void processWatermarkStatus(WatermarkStatus status) throws Exception {
        inputCaughtUp = status.isIdle();
        tickNoLaterThan(wallClock());
        super.processWatermarkStatus(status);
    }

    @Override
    protected final void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
        caughtUp[input] = status.isIdle();
        inputCaughtUp = caughtUp[0] && caughtUp[1];
        tickNoLaterThan(wallClock());
        super.processWatermarkStatus(status, input);
    }

    @Override
    public final void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        onWake(timer.getTimestamp());
    }

    @Override
    public final void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("no processing-time timers are set");
    }

    /**
     * The current key's wake-up has come.
     *
     * @param time for when it was set, milliseconds since the epoch
     */
    protected abstract void onWake(long time) throws Exception;

    private final class Keys implements WakeUpHorizon.Keys<K> {
        private final boolean asTheyChange;

        Keys(boolean asTheyChange) {
            this.asTheyChange = asTheyChange;
        }

        @Override
        public Stream<K> all() throws Exception {
            writeBack();
            Stream<K> keys =
                    PacedTimerOperator.this.<K>getKeyedStateBackend().getKeys(wokenState(), VoidNamespace.INSTANCE);
            return asTheyChange ? keys : keys.toList().stream();
        }

        @Override
        public void setTimer(K key, long before) throws Exception {
            setCurrentKey(key);
            long wake = nextWake();
            if (wake < before) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, wake);
            }
        }
    }
}
