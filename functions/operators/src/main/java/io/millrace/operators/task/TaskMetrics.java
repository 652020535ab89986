package io.millrace.operators.task;

import io.millrace.logic.task.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** The metrics of the tasks job; docs/tasks.md explains each. */
public final class TaskMetrics {
    public static final String ACCEPTED = "accepted";
    public static final String NO_EFFECT = "no_effect";
    public static final String DUPLICATES = "duplicates";
    public static final String RECOGNISED = "recognised";
    public static final String WAITING = "waited";
    public static final String REMINDERS = "reminders";
    public static final String REMINDERS_TOO_LATE = "reminders_too_late";
    public static final String REMINDER_LATENESS_MS = "reminder_lateness_ms";
    public static final String PENDING_REMINDERS = "pending_reminders";
    public static final String OCCURRENCES_MADE = "occurrences_made";
    public static final String EVENT_TO_UPDATE_MS = "event_to_update_ms";

    private static final int HISTOGRAM_SAMPLES = 2_000;

    /** What became of events. Dead letters are counted by code when they are sent. */
    final Map<Outcome, Counter> effects;

    final Counter reminders;
    final Counter remindersTooLate;
    final Counter occurrencesMade;
    final Histogram reminderLateness;
    final Histogram eventToUpdate;

    TaskMetrics(MetricGroup group) {
        effects = new EnumMap<>(Map.of(
                Outcome.APPLIED, group.counter(ACCEPTED),
                Outcome.NO_EFFECT, group.counter(NO_EFFECT),
                Outcome.DUPLICATE, group.counter(DUPLICATES),
                Outcome.RECOGNISED, group.counter(RECOGNISED),
                Outcome.WAITING, group.counter(WAITING)));
        reminders = group.counter(REMINDERS);
        remindersTooLate = group.counter(REMINDERS_TOO_LATE);
        occurrencesMade = group.counter(OCCURRENCES_MADE);
        reminderLateness = group.histogram(REMINDER_LATENESS_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        eventToUpdate = group.histogram(EVENT_TO_UPDATE_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
    }
}
