package io.millrace.schema.slo;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An objective as somebody wrote it down. What may be absent is null, or empty; the logic has the defaults.
 *
 * @param group null for those of {@code groupPattern}, or all; the same of topics
 */
@Event(
        type = "slo.defined",
        description =
                "An objective: how far consumer groups may be behind, and for how much of the time. The latest one of a name"
                        + " counts; a record without value takes it away. The key is the name.",
        id = "Any.")
public record SloDefined(
        Envelope envelope,
        @Field(
                        title = "Name",
                        description = "By which it is known; the key of the record.",
                        min = 1,
                        max = 100,
                        example = "\"billing-is-fresh\"")
                String name,
        @Field(
                        title = "Description",
                        description = "What it is for.",
                        max = 500,
                        optional = true,
                        example = "\"Bills follow orders within half a minute.\"")
                String description,
        @Field(
                        title = "Group",
                        description = "The consumer group it is for.",
                        min = 1,
                        max = LagSampled.MAX_GROUP,
                        optional = true,
                        example = "\"billing\"")
                String group,
        @Field(
                        title = "Pattern of groups",
                        description = "Those whose whole name it matches, in RE2 syntax without `{` and `(?`.",
                        min = 1,
                        max = MAX_PATTERN,
                        optional = true,
                        example = "\"billing-.*\"")
                String groupPattern,
        @Field(
                        title = "Topic",
                        description = "The topic it is for.",
                        min = 1,
                        max = LagSampled.MAX_TOPIC,
                        optional = true,
                        example = "\"orders\"")
                String topic,
        @Field(
                        title = "Pattern of topics",
                        description = "The same for topics.",
                        min = 1,
                        max = MAX_PATTERN,
                        optional = true,
                        example = "\"orders-.*\"")
                String topicPattern,
        @Field(
                        title = "Most seconds behind",
                        description = "A group is too late when its first unread record is older than this.",
                        max = MAX_SECONDS,
                        optional = true,
                        example = "30")
                Long maxLagSeconds,
        @Field(
                        title = "Most records behind",
                        description = "A group is too late when more records than this are unread.",
                        optional = true,
                        example = "1000")
                Long maxLagRecords,
        @Field(
                        title = "Seconds that are normal again",
                        description =
                                "An alert on a breach ends when the lag is not more than this; default: `max_lag_seconds`.",
                        max = MAX_SECONDS,
                        optional = true,
                        example = "5")
                Long normalLagSeconds,
        @Field(
                        title = "Records that are normal again",
                        description = "The same of records; default: `max_lag_records`.",
                        optional = true,
                        example = "100")
                Long normalLagRecords,
        @Field(
                        title = "Target",
                        description = "For how much of the time the group must not be too late, from 0.5 to 0.99999;"
                                + " default: 0.999.",
                        max = 1,
                        optional = true,
                        example = "0.999")
                Double target,
        @Field(
                        title = "Window",
                        description = "Of how many days; default: 28.",
                        min = 1,
                        max = 90,
                        optional = true,
                        example = "28")
                Integer windowDays,
        @Field(
                        title = "Fewest samples",
                        description =
                                "There is no alert before so many: within the longer window of a burn rate, or one after"
                                        + " the other of a breach. Default: 10, or 3.",
                        min = 1,
                        max = 10_000,
                        optional = true,
                        example = "10")
                Integer minSamples,
        @Field(
                        title = "Alert",
                        description =
                                "burn_rate: when the budget goes too fast (default); breach: when the group is too late;"
                                        + " none.",
                        optional = true,
                        example = "\"burn_rate\"")
                AlertOn alert,
        @Field(
                        title = "Severities",
                        description = "What page and ticket are called where alerts go.",
                        max = 2,
                        optional = true,
                        example = "{\"page\": \"critical\"}")
                Map<String, String> severities,
        @Field(title = "Owner", description = "Who is told.", max = 200, optional = true, example = "\"team-billing\"")
                String owner,
        @Field(
                        title = "Runbook",
                        description = "What to do, or where that is written.",
                        max = 1_000,
                        optional = true,
                        example = "\"https://runbooks.example.com/billing-lag\"")
                String runbook) {

    public static final int MAX_PATTERN = 200;

    public static final long MAX_SECONDS = 31_536_000;
    private static final EventType<SloDefined> TYPE = EventType.of(SloDefined.class);

    /** When there is an alert. */
    public enum AlertOn {
        BURN_RATE,
        BREACH,
        NONE
    }

    /** @throws RejectedEventException when the record holds none, or its key is not the name */
    public static SloDefined read(SourceRecord source) throws RejectedEventException {
        SloDefined defined = TYPE.read(source);
        String key = source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
        if (!defined.name.equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "name: must be the key of the record, which is " + (key == null ? "missing" : '"' + key + '"'));
        }
        return defined;
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
