package io.millrace.local.demo;

import io.millrace.local.demo.TaskStories.Step;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a company's day at an even rate until it is stopped: at each turn what is next in the story of a task under
 * way, else a new task; now and then an event a second time, or a record no job can read.
 */
public final class SampleTraffic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleTraffic.class);
    private static final Duration WORKING_DAY = Duration.ofMinutes(3);
    private static final int ONE_IN_DUPLICATE = 100;
    private static final int ONE_IN_BAD = 100;

    private final PriorityQueue<Step> ahead = new PriorityQueue<>(Comparator.comparing(Step::at));
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();
    private final Random random;
    private final TaskStories stories;
    private final long pauseNanos;
    private final Instant start = Instant.now();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;

    private SampleTraffic(KafkaConnection kafka, int eventsPerSecond, Instant latestDue, long seed) {
        this.random = new Random(seed);
        this.stories = new TaskStories(random, "demo-" + Long.toString(start.toEpochMilli(), 36), latestDue);
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
        this.producer = kafka.producer();
        this.thread = new Thread(this::run, "sample-traffic");
        thread.setDaemon(true);
    }

    /**
     * @param eventsPerSecond at least 1
     * @param latestDue no reminder of today is due later than this; {@link Instant#MAX} for no limit
     */
    public static SampleTraffic start(KafkaConnection kafka, int eventsPerSecond, Instant latestDue) {
        SampleTraffic traffic = new SampleTraffic(kafka, eventsPerSecond, latestDue, System.nanoTime());
        traffic.thread.start();
        return traffic;
    }

    /** Records published so far, duplicates and bad ones among them. */
    public long published() {
        return published.get();
    }

    public long duplicates() {
        return duplicates.get();
    }

    public long bad() {
        return bad.get();
    }

    private void run() {
        long next = System.nanoTime();
        try {
            do {
                publish(nextEvent(Instant.now()));
                next += pauseNanos;
            } while (!stop.await(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The sample traffic ended early", e);
        }
    }

    private SampleEvent nextEvent(Instant now) {
        if (random.nextInt(ONE_IN_BAD) == 0) {
            bad.incrementAndGet();
            return BadRecords.any(random, Company.anyone(random), stories.nextTaskId(), now);
        }
        if (ahead.isEmpty() || ahead.peek().at().isAfter(now)) {
            double partOfDay =
                    Duration.between(start, now).toMillis() % WORKING_DAY.toMillis() / (double) WORKING_DAY.toMillis();
            List<Step> steps = stories.next(now, partOfDay);
            ahead.addAll(steps);
        }
        return ahead.poll().event().apply(now);
    }

    private void publish(SampleEvent event) {
        send(event);
        if (random.nextInt(ONE_IN_DUPLICATE) == 0) {
            duplicates.incrementAndGet();
            send(event);
        }
    }

    private void send(SampleEvent event) {
        producer.send(
                new ProducerRecord<>(Topics.TASK_EVENTS, event.key().getBytes(StandardCharsets.UTF_8), event.value()));
        published.incrementAndGet();
    }

    /** Stops, and returns when everything published is acknowledged. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
