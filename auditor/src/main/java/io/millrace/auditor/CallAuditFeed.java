package io.millrace.auditor;

import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topics of an agents job from their beginning into an auditor, as {@link AuditFeed} does those of a tasks
 * job. The topics must exist and hold the whole history. Not thread-safe.
 */
public final class CallAuditFeed implements AutoCloseable {
    private final CallAuditor auditor;
    private final TopicFeed feed;

    /** @throws IllegalArgumentException when a topic does not exist */
    public CallAuditFeed(String bootstrapServers, CallAuditSettings settings) {
        this(bootstrapServers, settings, record -> {});
    }

    private CallAuditFeed(
            String bootstrapServers, CallAuditSettings settings, Consumer<ConsumerRecord<byte[], byte[]>> observer) {
        auditor = new CallAuditor(settings);
        List<String> topics = new ArrayList<>(List.of(
                Topics.AGENT_CALLS,
                Topics.AGENT_OUTCOMES,
                Topics.AGENT_REGISTRY,
                Topics.AGENT_CALLS_DLQ,
                Topics.AGENT_OUTCOMES_DLQ,
                Topics.AGENT_REGISTRY_DLQ));
        topics.addAll(settings.resultTopics());
        feed = new TopicFeed(bootstrapServers, topics, observer.andThen(auditor::accept));
    }

    /**
     * Reads what comes from now on. Tenants who called before must not be among those that {@code settings} cover, nor
     * agents that were registered before among those they call: their history would be half.
     *
     * @param observer given each record too
     * @throws IllegalArgumentException when a topic does not exist
     */
    public static CallAuditFeed fromNow(
            String bootstrapServers, CallAuditSettings settings, Consumer<ConsumerRecord<byte[], byte[]>> observer) {
        CallAuditFeed audit = new CallAuditFeed(bootstrapServers, settings, observer);
        try {
            audit.feed
                    .skipToEnd()
                    .forEach((partition, end) -> audit.auditor.startAt(partition.topic(), partition.partition(), end));
            return audit;
        } catch (RuntimeException e) {
            audit.close();
            throw e;
        }
    }

    /**
     * Audits a history at rest, or as it is at this moment. One that would take more than half of this JVM's memory is
     * audited in slices of the calls, one after the other.
     *
     * @param limit of each pass over the topics
     */
    public static CallAuditReport audit(String bootstrapServers, CallAuditSettings settings, Duration limit) {
        int slices;
        try (CallAuditFeed feed = new CallAuditFeed(bootstrapServers, settings)) {
            slices = AuditFeed.slices(feed.feed.records());
        }
        CallAuditReport whole = null;
        for (int slice = 0; slice < slices; slice++) {
            CallAuditSettings share = settings.with(settings.run().slice(slice, slices));
            try (CallAuditFeed feed = new CallAuditFeed(bootstrapServers, share)) {
                CallAuditReport part = feed.audit(limit);
                whole = whole == null ? part : whole.and(part);
            }
        }
        return whole;
    }

    /**
     * Reads what is on the topics at this moment and judges it as of this moment. Called again, it reads on.
     *
     * @throws IllegalStateException when that takes longer than {@code limit}
     */
    public CallAuditReport audit(Duration limit) {
        Instant now = Instant.now();
        feed.readToEnd(limit);
        return auditor.finish(now);
    }

    /** Takes what is there, waiting at most {@code wait} for something; answers how many records there were. */
    public int poll(Duration wait) {
        return feed.poll(wait);
    }

    /** As {@link #audit(Duration)} of what was read so far, when it is known only now for how long the job was down. */
    public CallAuditReport report(Instant now, Duration longestOutage) {
        return auditor.finish(now, longestOutage);
    }

    @Override
    public void close() {
        feed.close();
    }
}
