package io.millrace.connectors.agents.nats;

import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.TransportSettings;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to NATS: made when it is first needed, not by the thread that needs it. Once made it mends itself. */
final class NatsLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLink.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    /** How long requests that nobody waits for any longer are remembered. */
    private static final Duration CLEANUP_INTERVAL = Duration.ofSeconds(1);
    /** A server that does not answer so many of these is given up; without them nobody misses it for minutes. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

    private static final int PINGS_OUT = 2;

    private final TransportSettings.Nats settings;
    private final Secrets secrets;
    private final ExecutorService connecting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "agents-nats-connect");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<Connection> connection;
    private boolean closed;

    /** @throws IllegalStateException when a secret does not exist */
    NatsLink(TransportSettings.Nats settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        for (String secret : Arrays.asList(settings.credentialsSecret(), settings.tokenSecret())) {
            if (secret != null) {
                secret(secret);
            }
        }
    }

    /**
     * Fails when there is no server now; the next call tries again. What is done with the future does not disturb
     * others.
     */
    synchronized CompletableFuture<Connection> connection() {
        if (connection == null || connection.isCompletedExceptionally() || isGivenUp(connection.getNow(null))) {
            if (closed) {
                return CompletableFuture.failedFuture(new IOException("closed"));
            }
            connection = new CompletableFuture<>();
            CompletableFuture<Connection> made = connection;
            connecting.execute(() -> connect(made));
        }
        return connection.copy();
    }

    /** It mends itself but for one thing: when the server refuses the credentials again and again. */
    private static boolean isGivenUp(Connection made) {
        return made != null && made.getStatus() == Connection.Status.CLOSED;
    }

    private void connect(CompletableFuture<Connection> made) {
        try {
            Connection connected = Nats.connect(options());
            made.complete(connected);
            if (isClosed()) {
                connected.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            made.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("no connection to NATS: {}", e.getClass().getName());
            made.completeExceptionally(e);
        }
    }

    /** Subscriptions outlive it: who is still asked is heard on the new connection. */
    private synchronized void connectAnew() {
        LOG.warn("NATS: a message that has come cannot be read; the connection is made anew");
        if (!closed) {
            connecting.execute(this::reconnect);
        }
    }

    private void reconnect() {
        Connection open = made();
        try {
            if (open != null && open.getStatus() == Connection.Status.CONNECTED) {
                open.forceReconnect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("no new connection to NATS: {}", e.getClass().getName());
        }
    }

    /** Null when there is none. */
    private synchronized Connection made() {
        return connection == null || connection.isCompletedExceptionally() ? null : connection.getNow(null);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private Options options() {
        Options.Builder options = Options.builder()
                .servers(settings.servers().toArray(String[]::new))
                .connectionName("millrace agents")
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                // A request that was kept until the connection is back would be made when nobody waits for it any
                // longer.
                .reconnectBufferSize(0)
                // Without a limit publishing never blocks; how much is under way the job limits.
                .maxMessagesInOutgoingQueue(0)
                .requestCleanupInterval(CLEANUP_INTERVAL)
                .pingInterval(PING_INTERVAL)
                .maxPingsOut(PINGS_OUT)
                .readerExecutor(new NatsReaders(this::connectAnew))
                .useTimeoutException()
                .reportNoResponders()
                .connectionListener(new Changes())
                .errorListener(new Listener());
        if (settings.credentialsSecret() != null) {
            options.authHandler(credentials());
        } else if (settings.tokenSecret() != null) {
            options.token(secret(settings.tokenSecret()).toCharArray());
        }
        return options.build();
    }

    private AuthHandler credentials() {
        return Nats.staticCredentials(secret(settings.credentialsSecret()).getBytes(StandardCharsets.UTF_8));
    }

    private String secret(String name) {
        String secret = secrets.find(name);
        if (secret == null) {
            throw new IllegalStateException("there is no secret \"" + name + "\", which is for NATS");
        }
        return secret;
    }

    /** Tells what changes, and not that it has not: while a server is away there are several attempts in a second. */
    private static final class Changes implements ConnectionListener {
        private Events last;

        @Override
        public synchronized void connectionEvent(Connection connection, Events event) {
            if (event != last) {
                last = event;
                LOG.info("{}", event);
            }
        }
    }

    /** Errors may show what was sent: only what they are about is told. */
    private static final class Listener implements ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            LOG.warn("NATS: the server reports an error");
        }

        @Override
        public void exceptionOccurred(Connection connection, Exception failure) {
            LOG.debug("NATS: {}", failure.getClass().getName());
        }

        @Override
        public void slowConsumerDetected(Connection connection, Consumer consumer) {
            LOG.warn("NATS: answers come faster than they are taken, some are lost");
        }
    }

    @Override
    public void close() {
        CompletableFuture<Connection> open;
        synchronized (this) {
            closed = true;
            open = connection;
        }
        connecting.shutdownNow();
        if (open != null) {
            open.completeExceptionally(new IOException("closed"));
        }
        Connection connected = open == null || open.isCompletedExceptionally() ? null : open.getNow(null);
        if (connected != null) {
            try {
                connected.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
