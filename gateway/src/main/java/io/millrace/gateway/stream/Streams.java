package io.millrace.gateway.stream;

import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.EventSink;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.model.ApprovalQueries.Viewer;
import io.millrace.gateway.model.ChangeQueries;
import io.millrace.gateway.model.Kind;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.model.Scope;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who follow what changes. Two threads tell them, however many they are. */
public final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int THREADS = 2;
    private static final int MOST_OF_A_CALLER = 20;
    /** Then a client comes again, and is asked again who it is. */
    private static final Duration LASTING = Duration.ofMinutes(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** What changes within that time is told together. */
    private static final long GATHER_MILLIS = 30;

    private final ReadModel model;
    private final ChangeQueries changes;
    private final int most;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService pumps = Executors.newFixedThreadPool(THREADS, task -> daemon(task, "streams"));
    private final Thread ticker = daemon(this::tick, "streams-ticker");
    private volatile boolean closed;

    public Streams(ReadModel model, int most) {
        this.model = model;
        this.most = most;
        changes = new ChangeQueries(model);
        ticker.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Answers with a stream.
     *
     * @param from where a stream before ended; null for from now on
     * @throws ProblemException when there are too many
     */
    public Reply open(Caller caller, Scope scope, Viewer viewer, Set<Kind> kinds, String from) throws ProblemException {
        StreamPosition position = null;
        if (from != null) {
            position = StreamPosition.parse(from);
            if (position == null) {
                throw ProblemException.ofField("from", "invalid_value", "is no id of an event of a stream");
            }
        }
        admit(caller);
        StreamPosition start = position;
        return Reply.events(sink -> begin(caller, scope, viewer, kinds, start, sink));
    }

    private void begin(
            Caller caller, Scope scope, Viewer viewer, Set<Kind> kinds, StreamPosition from, EventSink sink) {
        add(new ChangeStream(
                caller.name(), scope, viewer, kinds, from, sink, changes, model.progress(), LASTING, open::remove));
    }

    /**
     * Answers with a stream that tells when flags have changed.
     *
     * @param from the version that the caller knows; null for the one that there is
     * @throws ProblemException when there are too many
     */
    public Reply openFlags(Caller caller, String from) throws ProblemException {
        admit(caller);
        return Reply.events(
                sink -> add(new FlagStream(caller.name(), from, sink, model.flags(), LASTING, open::remove)));
    }

    private void add(EventStream stream) {
        open.add(stream);
        pump(stream);
    }

    private void admit(Caller caller) throws ProblemException {
        long own =
                open.stream().filter(one -> one.owner().equals(caller.name())).count();
        if (open.size() >= most || own >= MOST_OF_A_CALLER) {
            throw ProblemException.later(503, "busy", "there are too many streams already", 5);
        }
    }

    private void tick() {
        long seen = 0;
        while (!closed) {
            model.progress().awaitChangeAfter(seen, LOOK_EVERY);
            pause();
            seen = model.progress().lastChange();
            pumpAll();
        }
    }

    /** The next round begins when this one is over: what is slow is not asked for again meanwhile. */
    private void pumpAll() {
        try {
            pumps.invokeAll(open.stream()
                    .map(stream -> Executors.callable(() -> pump(stream)))
                    .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed meanwhile", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(EventStream stream) {
        try {
            stream.pump();
        } catch (RuntimeException e) {
            LOG.warn("A stream ends: {}", e.toString());
            stream.end();
        }
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** Ends all that there are: a server does not stop while replies go on. */
    public void end() {
        open.forEach(EventStream::end);
    }

    @Override
    public void close() {
        closed = true;
        end();
        pumps.shutdownNow();
        ticker.interrupt();
    }
}
