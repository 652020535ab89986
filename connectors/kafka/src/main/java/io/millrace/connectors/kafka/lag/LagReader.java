package io.millrace.connectors.kafka.lag;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.wire.OutboundRecord;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.core.io.InputStatus;

/**
 * Looks each interval, on a thread of its own, and gives what it saw as records of samples. It looks again only when
 * all of the look before was taken. It remembers nothing: a look that nobody took is one that was not made.
 */
final class LagReader implements SourceReader<OutboundRecord, NoSplit> {
    private static final int ONE_LOOK = 1;
    private static final int THREAD = 0;

    private final LagSettings settings;
    private final LagMetrics metrics;
    private final Supplier<LagLook> looks;
    private final FutureCompletingBlockingQueue<List<LagSampled>> taken = new FutureCompletingBlockingQueue<>(ONE_LOOK);
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<LagSampled> samples = List.of();
    private int next;
    private volatile Throwable failure;

    LagReader(Properties adminProperties, LagSettings settings, LagMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.looks = () -> new LagLook(adminProperties, settings, metrics);
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::lookUntilClosed, "lag-look");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookUntilClosed() {
        try (LagLook look = looks.get()) {
            long due = System.nanoTime();
            do {
                long began = System.nanoTime();
                List<LagSampled> seen = look.look(System.currentTimeMillis());
                metrics.took(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                if (!seen.isEmpty()) {
                    taken.put(THREAD, seen);
                }
                due = Math.max(due + settings.interval().toNanos(), System.nanoTime());
            } while (!closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        } catch (Throwable e) {
            // A bug: whoever polls throws it, and the job fails.
            failure = e;
        }
        taken.notifyAvailable();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<OutboundRecord> output) throws Exception {
        if (failure != null) {
            throw new IllegalStateException("the look at consumer groups ended", failure);
        }
        if (next == samples.size()) {
            List<LagSampled> seen = taken.poll();
            if (seen == null) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            samples = seen;
            next = 0;
        }
        LagSampled sample = samples.get(next++);
        output.collect(OutboundRecord.of(sample.group(), sample.toJson(), null, null));
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return next < samples.size() ? FutureCompletingBlockingQueue.AVAILABLE : taken.getAvailabilityFuture();
    }

    @Override
    public List<NoSplit> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void addSplits(List<NoSplit> splits) {
        throw new IllegalStateException("there are no splits");
    }

    @Override
    public void notifyNoMoreSplits() {
        // There are none, and it goes on all the same.
    }

    @Override
    public void close() {
        closed.countDown();
        taken.wakeUpPuttingThread(THREAD);
    }
}
