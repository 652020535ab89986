package io.millrace.schema.audit;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;

/** How far the audit of a partition is, and the end of its chain there. */
@Event(
        type = "audit.anchored",
        description =
                "The end of the audit's chain of a partition, as of a commit. Published by the audit job, and kept apart"
                        + " from the table, so that who alters that can't make it look whole.",
        id = "uuid5 of the partition, the offset and the link; the same when it is published again.")
public record AuditAnchor(
        Envelope envelope,
        @Field(title = "Topic", description = "The topic that is audited.", max = 249, example = "\"task-events\"")
                String topic,
        @Field(title = "Partition", description = "The partition of the topic.", example = "0") int partition,
        @Field(title = "Offset", description = "The offset of the last row.", example = "1041") long offset,
        @Field(
                        title = "Link",
                        description = "The last row's link, in base64.",
                        max = 64,
                        example = "\"WzP0Yg3m3Yf0qk3c8jP4m6h1b0l9p8VxQkq0n7m2s1A=\"")
                String link) {

    private static final EventType<AuditAnchor> TYPE = EventType.of(AuditAnchor.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
