package io.millrace.gateway.stream;

import io.millrace.gateway.http.EventSink;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One who follows what changes. It holds where they are, and nothing of what they are to be told: that is read when there is
 * room for it. So a slow reader costs no memory.
 */
abstract class EventStream {
    static final int RETRY_MILLIS = 2_000;

    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(10).toNanos();

    private final String owner;
    private final EventSink sink;
    private final long endNanos;
    private final Consumer<EventStream> ended;
    private boolean sending;
    private boolean over;
    private long sentNanos = System.nanoTime();

    /**
     * @param owner whose stream it is, for limits
     * @param ended told once, when it is over
     */
    EventStream(String owner, EventSink sink, Duration lasting, Consumer<EventStream> ended) {
        this.owner = owner;
        this.sink = sink;
        this.endNanos = System.nanoTime() + lasting.toNanos();
        this.ended = ended;
    }

    /** What there is to be told now; empty for nothing. */
    abstract byte[] next();

    String owner() {
        return owner;
    }

    /** Sends what there is to be told, unless something is under way. */
    synchronized void pump() {
        if (sending || over) {
            return;
        }
        if (System.nanoTime() > endNanos) {
            end();
            return;
        }
        byte[] piece = next();
        if (piece.length == 0 && System.nanoTime() - sentNanos > HEARTBEAT_NANOS) {
            piece = EventText.heartbeat();
        }
        if (piece.length > 0) {
            sending = true;
            sentNanos = System.nanoTime();
            sink.send(piece, this::sent, failure -> failed());
        }
    }

    private synchronized void sent() {
        sending = false;
    }

    private synchronized void failed() {
        over = true;
        ended.accept(this);
    }

    synchronized void end() {
        if (!over) {
            over = true;
            sink.close();
            ended.accept(this);
        }
    }
}
