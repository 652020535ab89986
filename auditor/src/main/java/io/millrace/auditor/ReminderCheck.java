package io.millrace.auditor;

import io.millrace.schema.wire.Uuid5;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Compares the reminders of one task with those its model expects. */
final class ReminderCheck {
    private final SeriesKey series;
    private final String taskId;
    private final Findings findings;
    private final Map<UUID, ReminderRecord> seen = new HashMap<>();
    private final Map<ReminderRecord.Moment, ReminderRecord> sent = new HashMap<>();

    ReminderCheck(SeriesKey series, String taskId, Findings findings) {
        this.series = series;
        this.taskId = taskId;
        this.findings = findings;
    }

    /** What can be told from the records alone. Answers the first one of each id. */
    List<ReminderRecord> alone(List<ReminderRecord> reminders) {
        Set<UUID> early = new HashSet<>();
        for (ReminderRecord reminder : reminders) {
            if (reminder.logTime() < reminder.moment().remindAt() && early.add(reminder.id())) {
                offence(
                        OffenceKind.EARLY,
                        "%s is %d ms early".formatted(reminder, reminder.remindAt() - reminder.logTime()));
            }
            if (seen.putIfAbsent(reminder.id(), reminder) != null) {
                findings.again(OffenceKind.TWICE, series.subject(taskId), reminder + " is there again");
                continue;
            }
            ReminderRecord other = sent.putIfAbsent(reminder.moment(), reminder);
            if (other != null) {
                offence(OffenceKind.TWICE, other + " and again " + reminder);
            }
            if (!reminder.late()) {
                findings.late(reminder.logTime() - reminder.remindAt());
            }
        }
        return reminders.stream().filter(each -> seen.get(each.id()) == each).toList();
    }

    /** Compares the first reminder of each id with the model. */
    void against(List<ReminderRecord> reminders, TaskModel task, Set<UUID> armingIds) {
        for (ReminderRecord reminder : reminders) {
            Expectation expected = find(task.expectations(), reminder);
            if (expected != null) {
                compare(reminder, expected);
                meet(reminder, expected, task.expectations());
            } else if (sent.get(reminder.moment()) == reminder && !isDerived(reminder, task, armingIds)) {
                unexpected(reminder, task.expectations());
            }
        }
    }

    /** Of several that share the id: one that may be sent. */
    private Expectation find(List<Expectation> expectations, ReminderRecord reminder) {
        Expectation found = null;
        for (Expectation each : expectations) {
            boolean better = found == null || found.isForbidden(findings.tolerance()) || found.met() != null;
            if (each.ids().contains(reminder.id()) && better) {
                found = each;
            }
        }
        return found;
    }

    private void compare(ReminderRecord reminder, Expectation expected) {
        if (expected.isForbidden(findings.tolerance())) {
            offence(
                    OffenceKind.WRONG,
                    reminder + " was sent though the log held its cancellation, " + expected.cancelledBy());
        }
        if (!reminder.moment().equals(expected.moment())) {
            offence(OffenceKind.WRONG, reminder + " should be " + expected);
        }
        if (!expected.allowsDue(reminder.dueAt())) {
            offence(
                    OffenceKind.WRONG,
                    "%s: due_at is %s, should be %s"
                            .formatted(reminder, moment(reminder.dueAt()), moment(expected.dueAt())));
        }
        if (reminder.seriesId() != null && !reminder.seriesId().equals(series.rootId())) {
            offence(OffenceKind.WRONG, reminder + ": series_id is " + reminder.seriesId());
        }
    }

    /** A moment that was cancelled and armed again has one reminder: it is what all of them wait for. */
    private static void meet(ReminderRecord reminder, Expectation expected, List<Expectation> expectations) {
        for (Expectation each : expectations) {
            boolean same = each.ids().contains(reminder.id()) && each.moment().equals(expected.moment());
            if (same && each.met() == null) {
                each.meet(reminder);
            }
        }
    }

    /** Where the model is not sure of the task: whether some event could have armed it. */
    private boolean isDerived(ReminderRecord reminder, TaskModel task, Set<UUID> armingIds) {
        if (!task.isLoose()) {
            return false;
        }
        String name = reminder.snoozed() ? "snooze" : Integer.toString(reminder.minutes());
        boolean moment = reminder.snoozed()
                || (reminder.dueAt() != null
                        && reminder.remindAt()
                                == reminder.dueAt()
                                        - Duration.ofMinutes(reminder.minutes()).toMillis());
        return moment
                && armingIds.stream()
                        .anyMatch(arming -> reminder.id().equals(Uuid5.of(arming, name))
                                || reminder.id().equals(Uuid5.of(Uuid5.of(arming, taskId), name)));
    }

    private void unexpected(ReminderRecord reminder, List<Expectation> expectations) {
        for (Expectation each : expectations) {
            if (each.moment().equals(reminder.moment())
                    && each.met() == null
                    && !each.isForbidden(findings.tolerance())) {
                offence(OffenceKind.WRONG, reminder + " should have the id of " + each);
                each.meet(reminder);
                return;
            }
        }
        offence(OffenceKind.WRONG, reminder + " that no event armed");
    }

    /**
     * Reports what should be there by now. A person who was reminded of that moment already, under the id of an event
     * that was overtaken by the moment, is not reminded again.
     *
     * @param slack the tolerance and the longest outage, in milliseconds
     */
    void missing(List<Expectation> expectations, long slack) {
        for (Expectation each : expectations) {
            boolean reminded = each.met() != null || sent.containsKey(each.moment());
            if (!reminded && each.isOverdue(findings.now, findings.grace(), slack)) {
                offence(OffenceKind.LOST, "no " + each);
            }
        }
    }

    private static Instant moment(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private void offence(OffenceKind kind, String detail) {
        findings.add(kind, series.subject(taskId), detail);
    }
}
