package io.millrace.connectors.agents.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics there are, as of some seconds ago. A producer that is given one that there is not makes it where brokers
 * do that by themselves, and else holds up what comes after.
 */
final class KnownTopics {
    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
    /** Names come from definitions, so that there may be any number of them. */
    private static final int MAX_KEPT = 1_000;

    private record Asked(CompletableFuture<Boolean> there, long since) {}

    private final Admin admin;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    KnownTopics(Admin admin) {
        this.admin = admin;
    }

    /** Fails when Kafka does not say. What is done with the future does not disturb others. */
    CompletableFuture<Boolean> has(String topic) {
        Asked last = asked.get(topic);
        return (last == null || System.nanoTime() - last.since() > KEPT_NANOS ? ask(topic) : last)
                .there()
                .copy();
    }

    private Asked ask(String topic) {
        if (asked.size() >= MAX_KEPT) {
            asked.clear();
        }
        Asked question = new Asked(new CompletableFuture<>(), System.nanoTime());
        asked.put(topic, question);
        admin.describeTopics(List.of(topic)).topicNameValues().get(topic).whenComplete((description, failure) -> {
            if (failure != null) {
                // One that is missed may be made at any time.
                asked.remove(topic, question);
            }
            if (failure == null || failure instanceof UnknownTopicOrPartitionException) {
                question.there().complete(failure == null);
            } else {
                question.there().completeExceptionally(failure);
            }
        });
        return question;
    }
}
