package io.millrace.gateway.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A response of Jetty that goes on. */
final class ResponseSink implements EventSink {
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean ended = new AtomicBoolean();

    ResponseSink(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    @Override
    public void send(byte[] piece, Runnable done, Consumer<Throwable> failed) {
        response.write(false, ByteBuffer.wrap(piece), Callback.from(done, cause -> {
            if (ended.compareAndSet(false, true)) {
                callback.failed(cause);
            }
            failed.accept(cause);
        }));
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        }
    }
}
