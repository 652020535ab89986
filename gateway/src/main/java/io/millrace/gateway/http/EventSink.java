package io.millrace.gateway.http;

import java.util.function.Consumer;

/** The open end of a reply that goes on. At most one piece is under way at a time. */
public interface EventSink {

    /**
     * Sends a piece.
     *
     * @param done called when there is room for the next one, by any thread
     */
    void send(byte[] piece, Runnable done, Consumer<Throwable> failed);

    /** Ends the reply. */
    void close();
}
