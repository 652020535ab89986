package io.millrace.contestants;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thread of the loop, with the partitions, and so the users, that are its own. */
final class LoopWorker extends Thread {
    private static final Duration POLL = Duration.ofMillis(10);

    private record Wake(long time, String key) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TaskRecords records;
    private final Consumer<Throwable> onFailure;
    private final TaskDecider decider = new TaskDecider(TaskSettings.DEFAULTS);
    private final Map<String, Series> known = new HashMap<>();
    private final Queue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::time));
    private final RecentEvents recent = new RecentEvents();
    private volatile boolean ending;
    private volatile Exception unacknowledged;

    LoopWorker(
            Assignment assignment,
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            Consumer<Throwable> onFailure) {
        super("loop");
        this.records = new TaskRecords(assignment);
        this.consumer = consumer;
        this.producer = producer;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        try (consumer;
                producer) {
            long committedAt = System.nanoTime();
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                wake(System.currentTimeMillis());
                if (System.nanoTime() - committedAt >= ClientSettings.COMMIT_INTERVAL.toNanos()) {
                    commit();
                    committedAt = System.nanoTime();
                }
            }
            commit();
        } catch (Exception e) {
            onFailure.accept(e);
        }
    }

    private void commit() throws Exception {
        producer.flush();
        if (unacknowledged != null) {
            throw unacknowledged;
        }
        consumer.commitSync();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        SourceRecord source = TaskRecords.source(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
        IncomingTask incoming;
        try {
            incoming = new IncomingTask(TaskEventReader.read(source), source);
        } catch (RejectedEventException e) {
            send(records.of(DeadLetters.of(source, e.code(), e.getMessage())));
            return;
        }
        if (!recent.add(incoming.event().eventId())) {
            return;
        }
        SeriesKey key = SeriesKey.of(incoming.event());
        String encoded = key.encoded();
        Series before = known.get(encoded);
        carryOut(encoded, before, decider.decide(key, before, incoming, id -> null));
    }

    /** An entry counts when its series still has to be woken at that time. */
    private void wake(long now) {
        while (!wakes.isEmpty() && wakes.peek().time() <= now) {
            Wake wake = wakes.poll();
            Series before = known.get(wake.key());
            if (before != null && before.nextWake(TaskSettings.DEFAULTS) == wake.time()) {
                carryOut(wake.key(), before, decider.wake(SeriesKey.decode(wake.key()), before, wake.time()));
            }
        }
    }

    private void carryOut(String key, Series before, Decision<Series, Outcome, TaskCommand> decision) {
        Series after = decision.state();
        if (after == null) {
            known.remove(key);
        } else if (after != before) {
            known.put(key, after);
            long wakeBefore = before == null ? Long.MAX_VALUE : before.nextWake(TaskSettings.DEFAULTS);
            long wakeAfter = after.nextWake(TaskSettings.DEFAULTS);
            if (wakeAfter != wakeBefore && wakeAfter < Long.MAX_VALUE) {
                wakes.add(new Wake(wakeAfter, key));
            }
        }
        long now = System.currentTimeMillis();
        for (TaskCommand command : decision.commands()) {
            send(records.of(command, now));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                unacknowledged = failure;
            }
        });
    }

    /** Waits for the thread, which commits before it ends. */
    void end() throws InterruptedException {
        ending = true;
        join();
    }
}
