package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.TransportSettings;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the agents' topics: made when it is first needed, not by the thread that needs it. Once made it
 * mends itself.
 */
final class TopicLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLink.class);
    private static final int MAX_QUEUED = 10_000;

    private final TransportSettings.Kafka settings;
    /** Opens, and sends: whatever may block. */
    private final ThreadPoolExecutor thread;

    private CompletableFuture<TopicExchange> exchange;
    private boolean closed;

    TopicLink(TransportSettings.Kafka settings) {
        this.settings = settings;
        // Kafka's clients load classes by it, those for logging in for example.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_QUEUED), task -> {
            Thread made = new Thread(task, "agents-topic-requests");
            made.setDaemon(true);
            made.setContextClassLoader(loader);
            return made;
        });
    }

    /**
     * Fails when Kafka can't be reached now; the next call tries again. What is done with the future does not disturb
     * others.
     */
    synchronized CompletableFuture<TopicExchange> exchange() {
        if (exchange == null || exchange.isCompletedExceptionally()) {
            if (closed) {
                return CompletableFuture.failedFuture(new IOException("closed"));
            }
            exchange = new CompletableFuture<>();
            CompletableFuture<TopicExchange> made = exchange;
            thread.execute(() -> open(made));
        }
        return exchange.copy();
    }

    private void open(CompletableFuture<TopicExchange> made) {
        try {
            TopicExchange opened = TopicExchange.open(settings, thread);
            if (!made.complete(opened)) {
                opened.close();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("agents on topics cannot be reached: {}", e.getClass().getName());
            made.completeExceptionally(e);
        }
    }

    /** How many attempts wait for a reply. */
    synchronized int waiting() {
        return exchange == null ? 0 : exchange.thenApply(TopicExchange::waiting).getNow(0);
    }

    @Override
    public void close() {
        CompletableFuture<TopicExchange> open;
        synchronized (this) {
            closed = true;
            open = exchange;
        }
        thread.shutdownNow();
        if (open != null
                && !open.completeExceptionally(new IOException("closed"))
                && !open.isCompletedExceptionally()) {
            open.join().close();
        }
    }
}
