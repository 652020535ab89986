package io.millrace.schema.slo;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How a consumer group does in a topic, as known so far. */
@Event(
        type = "slo.status",
        description =
                "How a consumer group does in a topic. Published by the slo job; the latest one of a key, which is"
                        + " `group/topic`, counts, and one without value says that it is not there any more.",
        id = "uuid5 of group, topic and the log time of what it follows from.")
public record SloStatus(
        Envelope envelope,
        @Field(
                        title = "Group",
                        description = "The consumer group.",
                        max = LagSampled.MAX_GROUP,
                        example = "\"billing\"")
                String group,
        @Field(title = "Topic", description = "What it reads.", max = LagSampled.MAX_TOPIC, example = "\"orders\"")
                String topic,
        @Field(title = "Verdict", description = "The worst of its partitions'.", example = "\"stopped\"")
                Verdict verdict,
        @Field(title = "Since", description = "Since when it is that.") Instant since,
        @Field(title = "Members", description = "Whether the group has members.", example = "\"none\"") Members members,
        @Field(
                        title = "Lag",
                        description = "Milliseconds since its oldest unread record was logged.",
                        example = "41200")
                long lagMs,
        @Field(title = "Records", description = "How many records are unread.", example = "120") long lagRecords,
        @Field(title = "At least", description = "Whether the lag may be more than that.", example = "false")
                boolean atLeast,
        @Field(title = "Partitions of the topic", description = "How many it has.", example = "4") int partitionCount,
        @Field(title = "Lagging partitions", description = "In how many of them something is unread.", example = "1")
                int laggingPartitions,
        @Field(
                        title = "Partitions",
                        description = "Those in which something is unread, the worst first; others are not told.",
                        max = MAX_PARTITIONS)
                List<Partition> partitions,
        @Field(
                        title = "Unread records deleted at",
                        description =
                                "When retention is going to delete what the group has not read, if it goes on like this;"
                                        + " absent when it won't within a week.",
                        optional = true)
                Instant unreadDeletedAt,
        @Field(
                        title = "Problem",
                        description = "Why the broker did not say more lately.",
                        max = 500,
                        optional = true,
                        example = "\"no answer within 5 s\"")
                String problem,
        @Field(title = "Objectives", description = "How the group does by each.", max = 10)
                List<Objective> objectives) {

    /** The most partitions that are told. */
    public static final int MAX_PARTITIONS = 50;
    /** The most points of a budget's history. */
    public static final int MAX_POINTS = 60;

    private static final EventType<SloStatus> TYPE = EventType.of(SloStatus.class);

    /**
     * A partition.
     *
     * @param committed null when the group has committed none
     */
    public record Partition(
            @Field(title = "Partition", description = "Its number.", example = "0") int partition,
            @Field(title = "Verdict", description = "How the group does with it.", example = "\"stopped\"")
                    Verdict verdict,
            @Field(
                            title = "Committed offset",
                            description = "The next one that the group will read.",
                            optional = true,
                            example = "17")
                    Long committed,
            @Field(title = "End of the log", description = "The offset of the next record.", example = "137") long end,
            @Field(
                            title = "Lag",
                            description = "Milliseconds since its first unread record was logged.",
                            example = "41200")
                    long lagMs,
            @Field(title = "Records", description = "How many records are unread.", example = "120") long lagRecords,
            @Field(title = "At least", description = "Whether the lag may be more.", example = "false")
                    boolean atLeast) {}

    /**
     * How the group does by an objective.
     *
     * @param budgetEndsAt null when it does not end within the window, or has ended
     * @param history what was left of the budget, in thousandths, at times that are as far apart as one another; the
     *     last is now
     */
    public record Objective(
            @Field(title = "Objective", description = "Its name.", max = 100, example = "\"billing-is-fresh\"")
                    String objective,
            @Field(title = "Too late", description = "Whether the group is too late now.", example = "true")
                    boolean late,
            @Field(
                            title = "Target",
                            description = "For how much of the time it must not be.",
                            max = 1,
                            example = "0.999")
                    double target,
            @Field(title = "Window", description = "Of how many days.", example = "28") int windowDays,
            @Field(title = "Good seconds", description = "Within the window.", example = "86400") long goodSeconds,
            @Field(title = "Bad seconds", description = "Within the window.", example = "41") long badSeconds,
            @Field(
                            title = "Unobserved seconds",
                            description = "Within the window, since the first sample; they count neither good nor bad.",
                            example = "20")
                    long unobservedSeconds,
            @Field(
                            title = "Budget left",
                            description = "Of 1; negative when more was spent than there was.",
                            min = -1_000_000,
                            max = 1,
                            example = "0.98")
                    double budgetLeft,
            @Field(
                            title = "Burn rates",
                            description = "How many times too fast the budget goes, by window.",
                            max = 10,
                            example = "{\"1h\": 11.4}")
                    Map<String, Double> burnRates,
            @Field(
                            title = "Budget ends at",
                            description = "When there is nothing left, if the hour is as the one that was.",
                            optional = true)
                    Instant budgetEndsAt,
            @Field(
                            title = "Alerts",
                            description = "The severities of alerts that are open.",
                            max = 2,
                            example = "[\"page\"]")
                    List<SloAlert.Severity> alerts,
            @Field(
                            title = "History",
                            description =
                                    "What was left of the budget, in thousandths, at times that are as far apart as one"
                                            + " another; the last is now.",
                            max = MAX_POINTS,
                            example = "[1000, 983]")
                    List<Integer> history) {}

    /** @throws RejectedEventException when the record holds none */
    public static SloStatus read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
