package io.millrace.schema.slo;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * Where a consumer group stands in a topic, as the broker said.
 *
 * @param topicId null when the broker has none
 * @param retentionMs milliseconds; null when records are kept for ever, or the broker does not say
 * @param problem why the broker did not say; null when it did. {@code partitions} is empty then
 */
@Event(
        type = "lag.sampled",
        description =
                "Where a consumer group stands in a topic. Published by the slo job, which decides by these and nothing"
                        + " else. `occurred_at` is when the broker was asked; of topics with many partitions there are several"
                        + " events, one for each part.",
        id = "uuid5 of group, topic, the time of the question and the part.")
public record LagSampled(
        Envelope envelope,
        @Field(title = "Group", description = "The consumer group.", min = 1, max = MAX_GROUP, example = "\"billing\"")
                String group,
        @Field(title = "Topic", description = "What it reads.", min = 1, max = MAX_TOPIC, example = "\"orders\"")
                String topic,
        @Field(
                        title = "Topic id",
                        description = "By which a topic that was made again is known to be another one.",
                        max = 36,
                        optional = true,
                        example = "\"JzmIXSA4Q-yH0jVV9nVpWA\"")
                String topicId,
        @Field(title = "Members", description = "Whether the group has members.", example = "\"some\"") Members members,
        @Field(
                        title = "Interval",
                        description = "How often the broker is asked, in milliseconds.",
                        min = 100,
                        max = 3_600_000,
                        example = "10000")
                long intervalMs,
        @Field(title = "Part", description = "Which part of the topic's partitions this is, from 0.", max = 100)
                int part,
        @Field(title = "Parts", description = "How many parts there are.", min = 1, max = 100, example = "1") int parts,
        @Field(
                        title = "Partitions of the topic",
                        description = "How many partitions the topic has; 0 when there is no such topic.",
                        max = 1_000_000,
                        example = "4")
                int partitionCount,
        @Field(
                        title = "Retention",
                        description = "For how long the topic keeps records, in milliseconds.",
                        optional = true,
                        example = "604800000")
                Long retentionMs,
        @Field(
                        title = "Gone",
                        description = "Whether the group has no offsets in the topic any more.",
                        optional = true,
                        example = "false")
                boolean gone,
        @Field(
                        title = "Problem",
                        description = "Why the broker did not say; nothing is known then.",
                        max = 500,
                        optional = true,
                        example = "\"no answer within 5 s\"")
                String problem,
        @Field(title = "Partitions", description = "Where the group stands in each.", max = MAX_PARTITIONS)
                List<Partition> partitions) {

    public static final int MAX_GROUP = 255;
    public static final int MAX_TOPIC = 249;
    /** The most partitions of one event. */
    public static final int MAX_PARTITIONS = 500;

    private static final EventType<LagSampled> TYPE = EventType.of(LagSampled.class);

    /**
     * One partition.
     *
     * @param committed the next offset that the group will read; null when it has committed none
     * @param start the first offset there is; null when nobody asked, as nothing is unread
     * @param firstUnreadAt log time of the first record from {@code committed} on that is still there; null when that
     *     is not known
     */
    public record Partition(
            @Field(title = "Partition", description = "Its number.", max = 1_000_000, example = "0") int partition,
            @Field(
                            title = "Committed offset",
                            description = "The next one that the group will read; absent when it has committed none.",
                            optional = true,
                            example = "17")
                    Long committed,
            @Field(
                            title = "Start of the log",
                            description = "The first offset there is; asked only where something is unread.",
                            optional = true,
                            example = "3")
                    Long start,
            @Field(title = "End of the log", description = "The offset of the next record.", example = "19") long end,
            @Field(
                            title = "Time of the first unread record",
                            description = "The log time of the first record that is unread and still there.",
                            optional = true)
                    Instant firstUnreadAt,
            @Field(
                            title = "Nothing to read",
                            description =
                                    "True when what lies between the offsets is no record: ends of transactions, or"
                                            + " records of one that is not committed.",
                            optional = true,
                            example = "false")
                    boolean nothingToRead) {}

    /** @throws RejectedEventException when the record holds none */
    public static LagSampled read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The key of a group and a topic, which no others have: names of topics have no slash. */
    public String key() {
        return key(group, topic);
    }

    public static String key(String group, String topic) {
        return group + '/' + topic;
    }

    /** When the broker was asked, milliseconds since the epoch. */
    public long askedAt() {
        return envelope.occurredAt().toEpochMilli();
    }
}
