package io.millrace.schema.audit;

import io.millrace.schema.lake.Column;
import java.time.Instant;
import java.util.Map;

/**
 * A record of a topic, as the audit keeps it. Texts are without personal data. What a record does not say, or says in a
 * form that is none, is null.
 *
 * @param after the last offset of the partition that was sealed before this one, or -1; not kept
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuditEvent(
        @Column("The topic that it came on.") String topic,
        @Column("The partition of the topic.") int partition,
        @Column("The offset in the partition: topic, partition and offset are each row's key.") long offset,
        @Column("When the broker appended it.") Instant logTime,
        @Column("The record's key, as text.") String key,
        @Column("The event's id; a redelivered event comes again under the same one.") String eventId,
        @Column("What kind of event it is, such as task.created.") String eventType,
        @Column("The version of the event's schema.") Integer schemaVersion,
        @Column("Whose it is; default where the event does not say.") String tenant,
        @Column("Who it is about.") String userId,
        @Column("The task it is about.") String taskId,
        @Column("The conversation it is about.") String conversationId,
        @Column("The workflow run it is about.") String runId,
        @Column("The call of an agent it is about.") String callId,
        @Column("When it happened, for who published it.") Instant occurredAt,
        @Column("What belongs together across topics.") String correlationId,
        @Column("The trace it is part of (W3C).") String traceId,
        @Column("Of a dead letter: why it is one.") String errorCode,
        @Column("The record's headers, as texts.") Map<String, String> headers,
        @Column("The event as JSON, with tokens in place of personal data; null for a tombstone.") String payload,
        @Column("How many bytes the record's value had; null for a tombstone.") Integer payloadBytes,
        @Column("What the digest was salted with; random, and gone once the row is erased.") byte[] salt,
        @Column("SHA-256 of salt and row.") byte[] digest,
        @Column("HMAC-SHA256 of digest and the link of the row before in the partition.") byte[] link,
        long after) {

    /** The same row, sealed. */
    public AuditEvent sealed(long lastBefore, byte[] withSalt, byte[] withDigest, byte[] withLink) {
        return new AuditEvent(
                topic,
                partition,
                offset,
                logTime,
                key,
                eventId,
                eventType,
                schemaVersion,
                tenant,
                userId,
                taskId,
                conversationId,
                runId,
                callId,
                occurredAt,
                correlationId,
                traceId,
                errorCode,
                headers,
                payload,
                payloadBytes,
                withSalt,
                withDigest,
                withLink,
                lastBefore);
    }
}
