package io.millrace.logic.analytics;

import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.ReminderSent;
import java.util.List;
import java.util.Map;

/** Says what a reminder counts for. */
public final class ReminderFacts {
    private ReminderFacts() {}

    /** @param objective within which it should have been sent, milliseconds */
    public static Fact of(ReminderSent reminder, long objective) {
        return new Fact(
                FigureTable.REMINDERS,
                reminder.envelope().tenant(),
                reminder.sentAt().toEpochMilli(),
                List.of(),
                Map.of(
                        "sent",
                        1L,
                        "snoozed",
                        reminder.snoozed() ? 1L : 0L,
                        "within_objective",
                        reminder.lateByMs() <= objective ? 1L : 0L,
                        "late_by_ms",
                        reminder.lateByMs()));
    }
}
