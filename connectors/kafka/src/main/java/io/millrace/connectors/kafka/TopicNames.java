package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics a cluster has and what they take, as of some seconds ago at worst. A producer that is given one that
 * there is not waits for it for a minute, and fails its job then, as it does at once with a record that is too large or
 * may not be written. For one thread.
 */
public final class TopicNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicNames.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final Admin admin;
    private final Map<String, TopicLimit> limits = new HashMap<>();
    private Set<String> names = Set.of();
    private KafkaFuture<Set<String>> asked;
    private long askedAt;

    /** @param adminProperties see {@link KafkaConnection#adminProperties} */
    public TopicNames(Properties adminProperties) {
        this.admin = Admin.create(adminProperties);
        ask();
    }

    private void ask() {
        askedAt = System.nanoTime();
        asked = admin.listTopics().names();
    }

    /**
     * Whether there is a topic of that name; true when the cluster does not say. Waits, a second at most, only for a
     * name that is not among those known.
     */
    public boolean has(String topic) {
        try {
            if (asked != null && asked.isDone()) {
                take(0);
            }
            long age = System.nanoTime() - askedAt;
            if (asked == null && age >= (names.contains(topic) ? LOOK_EVERY_NANOS : LOOK_AGAIN_NANOS)) {
                ask();
            }
            if (!names.contains(topic) && asked != null) {
                take(LONGEST_WAIT_MILLIS);
            }
            return names.contains(topic);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Kafka does not say which topics there are", e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Whether the topic is there, may be written to, and takes a record of that size; true when the cluster does not
     * say. Waits, a second at most, for a topic it was not asked about before.
     *
     * @param bytes of key, value and headers, and what Kafka adds to them
     */
    public boolean takes(String topic, long bytes) {
        if (!has(topic)) {
            limits.remove(topic);
            return false;
        }
        try {
            TopicLimit limit = limits.computeIfAbsent(topic, name -> TopicLimit.of(admin, name));
            return bytes <= limit.bytes(LONGEST_WAIT_MILLIS, LOOK_EVERY_NANOS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Kafka does not say what the topic {} takes", topic, e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void take(long waitMillis) throws InterruptedException, ExecutionException, TimeoutException {
        KafkaFuture<Set<String>> answer = asked;
        if (answer.isDone()) {
            asked = null;
        }
        names = answer.get(waitMillis, TimeUnit.MILLISECONDS);
        asked = null;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
