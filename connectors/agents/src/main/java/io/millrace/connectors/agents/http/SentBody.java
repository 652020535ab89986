package io.millrace.connectors.agents.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/** A request's body that tells when it is asked for. Then there is a connection, and the headers have been sent. */
public final class SentBody implements BodyPublisher {
    private final BodyPublisher body;
    private final Runnable sent;

    private SentBody(BodyPublisher body, Runnable sent) {
        this.body = body;
        this.sent = sent;
    }

    static SentBody of(String body, Runnable sent) {
        return new SentBody(BodyPublishers.ofString(body, StandardCharsets.UTF_8), sent);
    }

    /** @param sent is called on any thread */
    public static SentBody of(byte[] body, Runnable sent) {
        return new SentBody(BodyPublishers.ofByteArray(body), sent);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        sent.run();
        body.subscribe(subscriber);
    }
}
