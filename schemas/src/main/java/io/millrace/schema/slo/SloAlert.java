package io.millrace.schema.slo;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;

/** What whoever is on call is told. */
@Event(
        type = "slo.alert",
        description =
                "A consumer group misses an objective, still does, or does no longer. Published by the slo job; sent"
                        + " again after a crash it has the same `event_id`.",
        id = "uuid5 of objective, group, topic, severity, the log time at which it was opened, state and number.")
public record SloAlert(
        Envelope envelope,
        @Field(title = "Objective", description = "Its name.", max = 100, example = "\"billing-is-fresh\"")
                String objective,
        @Field(
                        title = "Group",
                        description = "The consumer group.",
                        max = LagSampled.MAX_GROUP,
                        example = "\"billing\"")
                String group,
        @Field(title = "Topic", description = "What it reads.", max = LagSampled.MAX_TOPIC, example = "\"orders\"")
                String topic,
        @Field(
                        title = "State",
                        description = "opened once, still each hour while it lasts, resolved once.",
                        example = "\"opened\"")
                State state,
        @Field(
                        title = "Severity",
                        description = "page: somebody has to look now; ticket: on a working day.",
                        example = "\"page\"")
                Severity severity,
        @Field(
                        title = "Label",
                        description = "What the objective calls that severity.",
                        max = 100,
                        optional = true,
                        example = "\"critical\"")
                String label,
        @Field(title = "Opened at", description = "The log time at which it was opened.") Instant openedAt,
        @Field(title = "Number", description = "Counts the events of this alert, from 0.", example = "0") int number,
        @Field(title = "Verdict", description = "How the group does in the topic.", example = "\"stopped\"")
                Verdict verdict,
        @Field(
                        title = "Lag",
                        description = "Milliseconds since its oldest unread record was logged.",
                        example = "41200")
                long lagMs,
        @Field(title = "Records", description = "How many records are unread.", example = "120") long lagRecords,
        @Field(
                        title = "At least",
                        description =
                                "Whether the lag may be more than that, as what was unread is not there any more or"
                                        + " could not be looked at.",
                        example = "false")
                boolean atLeast,
        @Field(
                        title = "Budget left",
                        description = "Of 1; negative when more was spent than there was.",
                        min = -1_000_000,
                        max = 1,
                        example = "0.82")
                double budgetLeft,
        @Field(
                        title = "Reason",
                        description = "In a sentence.",
                        max = 500,
                        example = "\"the budget goes 20.1 times too fast (1h, 5m)\"")
                String reason,
        @Field(
                        title = "Owner",
                        description = "Whose objective it is.",
                        max = 200,
                        optional = true,
                        example = "\"team-billing\"")
                String owner,
        @Field(
                        title = "Runbook",
                        description = "What to do.",
                        max = 1_000,
                        optional = true,
                        example = "\"https://runbooks.example.com/billing-lag\"")
                String runbook) {

    private static final EventType<SloAlert> TYPE = EventType.of(SloAlert.class);

    /** Where it is in its life. */
    public enum State {
        OPENED,
        STILL,
        RESOLVED
    }

    /** How soon somebody has to look. */
    public enum Severity {
        PAGE,
        TICKET
    }

    /** @throws RejectedEventException when the record holds none */
    public static SloAlert read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
