package io.millrace.connectors.agents.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads a body, and no further than it may be long, or not at all: then the connection is given up. */
final class BoundedBody implements BodySubscriber<BoundedBody.Content> {

    /** What was read; {@code whole} says whether that is all of it. */
    record Content(byte[] bytes, boolean whole) {}

    private static final int NONE = -1;

    private final int maxBytes;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private Flow.Subscription subscription;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Of a body that is not read. */
    static BoundedBody unread() {
        return new BoundedBody(NONE);
    }

    @Override
    public CompletionStage<Content> getBody() {
        return content;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        if (maxBytes == NONE) {
            content.complete(new Content(new byte[0], false));
            to.cancel();
        } else {
            to.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (content.isDone()) {
                return;
            }
            if (buffer.remaining() > maxBytes - read.size()) {
                content.complete(new Content(read.toByteArray(), false));
                subscription.cancel();
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        content.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        content.complete(new Content(read.toByteArray(), true));
    }
}
