package io.millrace.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what passes through the topics from its start on. A reminder's lateness is the broker's append time less the
 * moment it is for. Those the job itself marks late, after it was down, are counted apart: they say nothing about how
 * punctual it is.
 */
public final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<String> TOPICS = List.of(
            Topics.TASK_EVENTS,
            Topics.REMINDERS,
            Topics.TASK_UPDATES,
            Topics.TASK_EVENTS_DLQ,
            Topics.DIGESTS,
            Topics.AGENT_CALLS,
            Topics.AGENT_RESULTS,
            Topics.AGENT_CALLS_DLQ,
            Topics.WORKFLOW_INBOX,
            Topics.WORKFLOW_EVENTS,
            Topics.CONVERSATION_REPLIES,
            Topics.ESCALATIONS);
    private static final ObjectReader JSON =
            new ObjectMapper(IsolatedJson.factory().build()).reader();

    /**
     * The numbers at one moment.
     *
     * @param caughtUp reminders sent late after the job was down
     * @param answered results of calls of agents
     * @param cached those of them that are another call's answer
     * @param runs of workflows that began
     * @param runsEnded of them, however they did
     * @param answers customers were given by agents
     * @param handedOver conversations that a person was asked to answer, each time
     * @param deadLetters of events and of calls
     * @param p50 of the lateness of the others; null when there are none
     * @param p99 likewise
     * @param stale whether they are those of an earlier moment, because nothing is counted any longer
     */
    public record Numbers(
            long events,
            long reminders,
            long caughtUp,
            long updates,
            long digests,
            long calls,
            long answered,
            long cached,
            long runs,
            long runsEnded,
            long answers,
            long handedOver,
            long deadLetters,
            Duration p50,
            Duration p99,
            boolean stale) {}

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final Lateness lateness = new Lateness();
    private volatile boolean stopped;
    private volatile boolean stale;
    private long events;
    private long reminders;
    private long caughtUp;
    private long updates;
    private long digests;
    private long calls;
    private long answered;
    private long cached;
    private long runs;
    private long runsEnded;
    private long answers;
    private long handedOver;
    private long deadLetters;

    private TopicWatch(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = new Thread(this::run, "topic-watch");
        thread.setDaemon(true);
    }

    /** Everything that is published after this call is counted. */
    public static TopicWatch start(KafkaConnection kafka) {
        List<TopicPartition> partitions = new ArrayList<>();
        Set<String> present = Set.copyOf(kafka.topics());
        for (String topic : TOPICS) {
            if (present.contains(topic)) {
                partitions.addAll(kafka.partitions(topic));
            }
        }
        KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return start(consumer);
    }

    /** @param consumer of the topics, where counting is to begin; closed at the end */
    static TopicWatch start(Consumer<byte[], byte[]> consumer) {
        TopicWatch watch = new TopicWatch(consumer);
        watch.thread.start();
        return watch;
    }

    public synchronized Numbers numbers() {
        return new Numbers(
                events,
                reminders,
                caughtUp,
                updates,
                digests,
                calls,
                answered,
                cached,
                runs,
                runsEnded,
                answers,
                handedOver,
                deadLetters,
                lateness.quantile(0.5),
                lateness.quantile(0.99),
                stale);
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count(record);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The numbers are not updated any more", e);
        } finally {
            stale = !stopped;
        }
    }

    /** Anybody may write to the topics: a record that is not what its topic is for is passed over. */
    private synchronized void count(ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (record.topic()) {
                case Topics.TASK_EVENTS -> events++;
                case Topics.TASK_UPDATES -> updates++;
                case Topics.TASK_EVENTS_DLQ, Topics.AGENT_CALLS_DLQ -> deadLetters++;
                case Topics.DIGESTS -> digests++;
                case Topics.AGENT_CALLS -> calls++;
                case Topics.AGENT_RESULTS, Topics.WORKFLOW_INBOX -> countResult(read(record));
                case Topics.WORKFLOW_EVENTS -> countChange(read(record));
                case Topics.CONVERSATION_REPLIES ->
                    answers += read(record).path("kind").asText().equals("answer") ? 1 : 0;
                case Topics.ESCALATIONS ->
                    handedOver += read(record).path("level").asInt() == 0 ? 1 : 0;
                default -> countReminder(read(record), record.timestamp());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Not counted: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
        }
    }

    private static JsonNode read(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            throw new IOException("without a value");
        }
        return JSON.readTree(record.value());
    }

    private void countResult(JsonNode result) {
        boolean another = result.has("run_id");
        answered += another ? 0 : 1;
        cached += !another && result.path("cached").asBoolean() ? 1 : 0;
    }

    private void countChange(JsonNode event) {
        switch (event.path("change").asText()) {
            case "run_started" -> runs++;
            case "run_completed", "run_failed", "run_cancelled" -> runsEnded++;
            default -> {
                return;
            }
        }
    }

    private void countReminder(JsonNode reminder, long sentAt) {
        long moment = Instant.parse(reminder.path("remind_at").asText()).toEpochMilli();
        if (reminder.path("late").asBoolean()) {
            caughtUp++;
        } else {
            lateness.add(sentAt - moment);
        }
        reminders++;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
