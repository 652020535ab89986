package io.millrace.operators.timer;

import java.lang.reflect.Field;
import org.apache.flink.runtime.state.InternalPriorityQueue;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerServiceImpl;

/**
 * When the next event-time timer of a timer service is due. The service itself does not tell; its queue does, which is
 * not public in Flink 2.2.
 */
final class NextTimer {
    private static final String QUEUE = "eventTimeTimersQueue";

    private final InternalPriorityQueue<? extends InternalTimer<?, ?>> queue;

    private NextTimer(InternalPriorityQueue<? extends InternalTimer<?, ?>> queue) {
        this.queue = queue;
    }

    static NextTimer of(InternalTimerServiceImpl<?, ?> timers) {
        try {
            Field field = InternalTimerServiceImpl.class.getDeclaredField(QUEUE);
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            InternalPriorityQueue<? extends InternalTimer<?, ?>> queue =
                    (InternalPriorityQueue<? extends InternalTimer<?, ?>>) field.get(timers);
            return new NextTimer(queue);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Flink's timer service has no " + QUEUE + " any longer", e);
        }
    }

    /** Milliseconds since the epoch; {@link Long#MAX_VALUE} when there is none. */
    long time() {
        InternalTimer<?, ?> next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.getTimestamp();
    }
}
