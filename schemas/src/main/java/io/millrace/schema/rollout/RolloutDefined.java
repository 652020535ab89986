package io.millrace.schema.rollout;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;

/**
 * A roll-out as somebody wrote it down. What may be absent is null, or empty; the logic has the defaults and says what does
 * not fit together.
 *
 * @param health null when it goes by time alone
 */
@Event(
        type = "rollout.defined",
        description =
                "A roll-out: which variant of a flag goes to whom, in which steps, and what would end it. The latest one of a"
                        + " name counts; a record without value takes it away. The key is the name.",
        id = "Any.",
        maxBytes = 64 * 1024)
public record RolloutDefined(
        Envelope envelope,
        @Field(
                        title = "Name",
                        description = "By which it is known; the key of the record.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout-v2\"")
                String name,
        @Field(
                        title = "Description",
                        description = "What it is for.",
                        max = 500,
                        optional = true,
                        example = "\"The new checkout.\"")
                String description,
        @Field(
                        title = "Flag",
                        description = "Its key in the topic of flags.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"checkout\"")
                String flag,
        @Field(
                        title = "To",
                        description = "The variant that is rolled out.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"new\"")
                String to,
        @Field(
                        title = "From",
                        description = "The variant that it takes the place of, and that a roll-back gives everybody.",
                        min = 1,
                        max = Names.MAX,
                        example = "\"old\"")
                String from,
        @Field(title = "Strategy", description = "In which kind of steps.", example = "\"progressive\"")
                Strategy strategy,
        @Field(
                        title = "Pace",
                        description =
                                "Of a progressive roll-out without steps: safe takes 7 days (default), fast 3 days,"
                                        + " instant a minute.",
                        optional = true,
                        example = "\"safe\"")
                Pace pace,
        @Field(
                        title = "Percentage",
                        description = "Of a roll-out to a percentage: how many of 100 get it.",
                        max = 100,
                        optional = true,
                        example = "20")
                Integer percent,
        @Field(
                        title = "Steps",
                        description = "Instead of those of the strategy.",
                        max = MAX_STEPS,
                        optional = true,
                        example =
                                "[{\"percent\": 10, \"hold_seconds\": 3600}, {\"percent\": 100, \"hold_seconds\": 3600}]")
                List<Step> steps,
        @Field(
                        title = "Audience",
                        description = "Who gets the new variant before all others.",
                        optional = true,
                        example = "{\"attribute\": \"email\", \"values\": [\"ann@example.com\"]}")
                Audience audience,
        @Field(
                        title = "Bucket by",
                        description =
                                "The attribute by which it is decided who belongs to a percentage; default: targetingKey."
                                        + " The same user stays on the same side.",
                        min = 1,
                        max = Names.MAX,
                        optional = true,
                        example = "\"targetingKey\"")
                String bucketBy,
        @Field(
                        title = "Windows",
                        description = "When it may go forward: days and hours. Back it goes at any time.",
                        max = 500,
                        optional = true,
                        example = "\"Mon-Thu 08:00-18:00, Fri 08:00-12:00\"")
                String windows,
        @Field(value = Value.TIME_ZONE, optional = true) String timeZone,
        @Field(
                        title = "After",
                        description = "Flags each of which has to give everybody the variant named first.",
                        max = 10,
                        optional = true,
                        example = "[{\"flag\": \"payments\", \"variant\": \"new\"}]")
                List<Dependency> after,
        @Field(
                        title = "Health",
                        description = "What is watched; without it the roll-out goes by time alone.",
                        optional = true,
                        example =
                                "{\"sources\": [{\"name\": \"checkout-service\"}], \"limits\": {\"max_error_rate\": 0.05}}")
                Health health,
        @Field(title = "Owner", description = "Who is told.", max = 200, optional = true, example = "\"team-checkout\"")
                String owner,
        @Field(
                        title = "Runbook",
                        description = "What to do, or where that is written.",
                        max = 1_000,
                        optional = true,
                        example = "\"https://runbooks.example.com/checkout\"")
                String runbook)
        implements RolloutInput {

    public static final int MAX_STEPS = 20;
    public static final int MAX_METRICS = 8;
    public static final int MAX_SOURCES = 20;

    private static final EventType<RolloutDefined> TYPE = EventType.of(RolloutDefined.class);

    /** In which kind of steps. */
    public enum Strategy {
        ALL_AT_ONCE,
        PERCENTAGE,
        PROGRESSIVE,
        CANARY,
        BLUE_GREEN
    }

    /** How long a progressive roll-out takes. */
    public enum Pace {
        SAFE,
        FAST,
        INSTANT
    }

    /**
     * A step.
     *
     * @param manual whether it ends only when somebody says so
     */
    public record Step(
            @Field(description = "How many of 100 get the new variant.", max = 100) int percent,
            @Field(description = "For how long it stays so at least.", max = 31_536_000, optional = true)
                    long holdSeconds,
            @Field(description = "Whether it goes on only when somebody says so.", optional = true) boolean manual) {}

    /** Users by an attribute. */
    public record Audience(
            @Field(description = "The attribute, such as targetingKey for the user.", min = 1, max = Names.MAX)
                    String attribute,
            @Field(description = "Its values.", max = 200) List<String> values) {}

    /** What another flag has to serve. */
    public record Dependency(
            @Field(description = "The flag.", min = 1, max = Names.MAX) String flag,
            @Field(description = "The variant.", min = 1, max = Names.MAX) String variant) {}

    /** What is watched. */
    public record Health(
            @Field(description = "Whose signals count.", max = MAX_SOURCES) List<Source> sources,
            @Field(
                            description =
                                    "What is compared between the variants; default: errors, and latency at 95 %.",
                            max = MAX_METRICS,
                            optional = true)
                    List<Metric> metrics,
            @Field(
                            description =
                                    "How probable it may be that a release that is no worse is rolled back; default: 0.01.",
                            max = 1,
                            optional = true)
                    Double falseAlarm,
            @Field(
                            description = "Requests of each variant before anything is decided; default: 100.",
                            min = 1,
                            max = 1_000_000_000,
                            optional = true)
                    Integer minRequests,
            @Field(
                            description = "After each step, for how long signals are no evidence; default: 60.",
                            max = 86_400,
                            optional = true)
                    Integer warmUpSeconds,
            @Field(
                            description =
                                    "By which factor the share of the new variant in requests may be off; default: 1.5.",
                            min = 1,
                            max = 100,
                            optional = true)
                    Double sampleRatioTolerance,
            @Field(description = "What ends it whatever the other variant does.", optional = true) Limits limits) {}

    /** Whose signals count. */
    public record Source(
            @Field(description = "As it stands in signals.", min = 1, max = Names.MAX) String name,
            @Field(
                            description = "How much weight it has at most, in requests of a minute; default: 100,000.",
                            min = 1,
                            max = 1_000_000_000,
                            optional = true)
                    Long maxRequestsPerMinute) {}

    /** What is compared. */
    public record Metric(
            @Field(description = "How it is called.", min = 1, max = Names.MAX) String name,
            @Field(description = "What is counted.") MetricKind kind,
            @Field(description = "Of an event: its name among counts.", min = 1, max = Names.MAX, optional = true)
                    String event,
            @Field(
                            description = "Of latency: which quantile of the old variant; default: 95.",
                            min = 50,
                            max = 99,
                            optional = true)
                    Integer quantile,
            @Field(
                            description = "By which factor its odds may be worse; default: 1.",
                            min = 1,
                            max = 10,
                            optional = true)
                    Double tolerance,
            @Field(description = "Whether fewer of them are worse.", optional = true) boolean fewerIsWorse) {}

    /** What is counted. */
    public enum MetricKind {
        ERRORS,
        LATENCY,
        EVENT
    }

    /** What ends it whatever the other variant does. */
    public record Limits(
            @Field(description = "Errors by requests.", max = 1, optional = true) Double maxErrorRate,
            @Field(description = "Milliseconds that 95 % of the requests may take.", max = 3_600_000, optional = true)
                    Long p95Ms,
            @Field(description = "Milliseconds that 99 % of the requests may take.", max = 3_600_000, optional = true)
                    Long p99Ms,
            @Field(
                            description = "For how many minutes, one after the other; default: 5.",
                            min = 1,
                            max = 60,
                            optional = true)
                    Integer forMinutes,
            @Field(description = "Failed checks in a row.", min = 1, max = 1_000, optional = true)
                    Integer failedChecks) {}

    public RolloutDefined {
        Names.require("name", name);
        Names.require("flag", flag);
        if (RolloutCommand.ALL.equals(name)) {
            throw new IllegalArgumentException("name: * stands for all roll-outs");
        }
    }

    /** @throws RejectedEventException when the record holds none, or its key is not the name */
    public static RolloutDefined read(SourceRecord source) throws RejectedEventException {
        RolloutDefined defined = TYPE.read(source);
        String key = Names.key(source);
        if (!defined.name.equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "name: must be the key of the record, which is " + (key == null ? "missing" : '"' + key + '"'));
        }
        return defined;
    }

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
