package io.millrace.auditor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reads the topics of a tasks job from their beginning into an auditor, with a consumer of no group, so that nothing on
 * the cluster shows that it reads. The topics must exist and hold the whole history. Not thread-safe.
 */
public final class AuditFeed implements AutoCloseable {
    private static final long BYTES_PER_RECORD = 600;

    private final TaskAuditor auditor;
    private final TopicFeed feed;

    /**
     * Reads from the beginning.
     *
     * @throws IllegalArgumentException when a topic does not exist
     */
    public AuditFeed(String bootstrapServers, AuditSettings settings) {
        auditor = new TaskAuditor(settings);
        AuditSettings.TopicNames topics = settings.topics();
        feed = new TopicFeed(
                bootstrapServers,
                List.of(topics.events(), topics.reminders(), topics.updates(), topics.deadLetters()),
                auditor::accept);
    }

    /**
     * Reads what comes from now on. Users who were there before must not be among those that {@code settings} cover:
     * their history would be half.
     *
     * @throws IllegalArgumentException when a topic does not exist
     */
    public static AuditFeed fromNow(String bootstrapServers, AuditSettings settings) {
        AuditFeed audit = new AuditFeed(bootstrapServers, settings);
        try {
            audit.feed.skipToEnd().forEach((partition, end) -> {
                if (partition.topic().equals(settings.topics().events())) {
                    audit.auditor.startAt(partition.partition(), end);
                }
            });
            return audit;
        } catch (RuntimeException e) {
            audit.close();
            throw e;
        }
    }

    /**
     * Audits a history at rest, or as it is at this moment. One that would take more than half of this JVM's memory is
     * audited in slices of the users, one after the other.
     *
     * @param limit of each pass over the topics
     */
    public static AuditReport audit(String bootstrapServers, AuditSettings settings, Duration limit) {
        long records;
        try (AuditFeed feed = new AuditFeed(bootstrapServers, settings)) {
            records = feed.feed.records();
        }
        return auditInSlices(bootstrapServers, settings, slices(records), limit);
    }

    /** Into how many slices a history is divided, so that one of them takes at most half of this JVM's memory. */
    static int slices(long records) {
        long room = Runtime.getRuntime().maxMemory() / 2;
        return (int) (records * BYTES_PER_RECORD / room) + 1;
    }

    /** As {@link #audit(String, AuditSettings, Duration)}, in that many slices: each needs its share of the memory. */
    static AuditReport auditInSlices(String bootstrapServers, AuditSettings settings, int slices, Duration limit) {
        AuditReport whole = null;
        for (int slice = 0; slice < slices; slice++) {
            try (AuditFeed feed = new AuditFeed(bootstrapServers, settings.slice(slice, slices))) {
                AuditReport part = feed.audit(limit);
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
    public AuditReport audit(Duration limit) {
        return audit(limit, Instant.now());
    }

    /**
     * The same as of {@code now}, such as a time to come by which all there is must have led to something.
     *
     * @throws IllegalStateException when reading takes longer than {@code limit}
     */
    public AuditReport audit(Duration limit, Instant now) {
        feed.readToEnd(limit);
        return auditor.finish(now);
    }

    /**
     * Follows the topics live: takes what is there, waiting at most {@code wait} for something.
     *
     * @return how many records there were
     */
    public int poll(Duration wait) {
        return feed.poll(wait);
    }

    /** Judges what was read so far, as of {@code now}; everything until then must have been read. */
    public AuditReport report(Instant now) {
        return auditor.finish(now);
    }

    /** As {@link #report(Instant)}, when it is known only now for how long the job was down. */
    public AuditReport report(Instant now, Duration longestOutage) {
        return auditor.finish(now, longestOutage);
    }

    @Override
    public void close() {
        feed.close();
    }
}
