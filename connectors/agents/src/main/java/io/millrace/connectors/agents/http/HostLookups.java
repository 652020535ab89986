package io.millrace.connectors.agents.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks hosts up apart from the requests, each host once at a time, and lets through what may be connected to. The
 * JDK's client does it on the threads that all requests share, where a name server that does not answer for one agent
 * would hold up the others. What is found here stays in the JVM's cache ({@code networkaddress.cache.ttl}), where the
 * client finds it at once.
 */
final class HostLookups implements AutoCloseable {
    /** Short beside the half minute for which the JVM keeps what it found. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int MAX_HOSTS = 1_000;
    /** A name server that does not answer holds one for seconds. */
    private static final int MAX_THREADS = 256;

    private record Lookup(CompletableFuture<InetAddress> done, long since) {
        boolean isUsable(long now) {
            return !done.isDone() || !done.isCompletedExceptionally() && now - since < FRESH_NANOS;
        }
    }

    private final Egress egress;
    private final ExecutorService executor;
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

    /** @param name of its threads */
    HostLookups(String name, Egress egress) {
        this.egress = egress;
        executor = new ThreadPoolExecutor(0, MAX_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, name + "-lookup");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The address to connect to. Fails with an {@link UnknownHostException}, or an {@link Egress.NotAllowedException}.
     * Not to be cancelled: others may wait for it too.
     */
    CompletableFuture<InetAddress> find(String host) {
        long now = System.nanoTime();
        Lookup known = lookups.get(host);
        if (known != null && known.isUsable(now)) {
            return known.done();
        }
        if (lookups.size() >= MAX_HOSTS) {
            lookups.clear();
        }
        return lookups.compute(host, (name, other) -> other != null && other.isUsable(now) ? other : begin(name, now))
                .done();
    }

    private Lookup begin(String host, long now) {
        CompletableFuture<InetAddress> done = new CompletableFuture<>();
        try {
            executor.execute(() -> lookUp(host, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(
                    new UnknownHostException(host + ", as " + MAX_THREADS + " other hosts are being looked up"));
        }
        return new Lookup(done, now);
    }

    private void lookUp(String host, CompletableFuture<InetAddress> done) {
        try {
            egress.requireHost(host);
            InetAddress[] addresses = InetAddress.getAllByName(host);
            egress.requireAddresses(host, addresses);
            done.complete(addresses[0]);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
