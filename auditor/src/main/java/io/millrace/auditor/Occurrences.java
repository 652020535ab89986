package io.millrace.auditor;

import io.millrace.schema.task.TaskEventType;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The occurrences of a series as the job announced them. Which occurrences there must be is not modelled; that each is
 * announced under one id, the right one, and in order, is.
 */
final class Occurrences {
    private static final DateTimeFormatter RECURRENCE_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final int MOST_OPEN = 100;
    /** Less than this and even a prompt reminder may be too late to be useful. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    private final SeriesKey key;
    private final Map<String, TaskModel> tasks;
    private final UpdateCheck updates;
    private final Findings findings;
    private final List<UUID> rootCreations = new ArrayList<>();
    private Changes.RecurrenceHint hint;
    private String firstId;
    private Long latestDue;

    Occurrences(SeriesKey key, Map<String, TaskModel> tasks, UpdateCheck updates, Findings findings) {
        this.key = key;
        this.tasks = tasks;
        this.updates = updates;
        this.findings = findings;
    }

    /** Whether the event names the first occurrence by its RECURRENCE-ID. */
    boolean isFirst(EventRecord event, TaskModel root) {
        return root != null && event.recurrenceId().equals(firstId);
    }

    void announced(EventRecord event, long now, TaskModel occurrence) {
        String subject = key.subject(event.taskId());
        if (event.eventId().equals(occurrence.announcedAs())) {
            findings.again(OffenceKind.TWICE, subject, event + " is there again");
            return;
        }
        if (occurrence.announcedAs() != null) {
            findings.add(
                    OffenceKind.TWICE,
                    subject,
                    "announced as %s and again by %s".formatted(occurrence.announcedAs(), event));
            return;
        }
        if (rootCreations.stream()
                .noneMatch(root -> SeriesAudit.isOccurrenceId(event.eventId(), root, event.recurrenceId()))) {
            findings.add(OffenceKind.WRONG, subject, event + " whose id is not uuid5(series, RECURRENCE-ID)");
        }
        findings.occurrences++;
        if (hint != null && hint.replaces()) {
            tasks.values().forEach(each -> each.loosen(now));
        }
        occurrence.announce(event, now);
        if (isShort(hint) || !isPlain(occurrence)) {
            occurrence.loosen(now);
        }
        inOrder(event, occurrence.dueAt());
        updates.expectAny(event, now);
        if (tasks.values().stream().filter(each -> !each.isClosed()).count() > MOST_OPEN) {
            tasks.values().forEach(each -> each.loosen(now));
        }
    }

    private void inOrder(EventRecord event, Long dueAt) {
        if (dueAt != null && latestDue != null && dueAt < latestDue) {
            findings.add(
                    OffenceKind.WRONG, key.subject(event.taskId()), event + " is due before the occurrence before it");
        }
        latestDue = dueAt;
    }

    /** What an event that was applied to a task of the series means for the others. */
    void applied(EventRecord event, TaskModel task, long now) {
        if (!task.taskId().equals(key.rootId())) {
            return;
        }
        Changes changes = event.changes();
        if (changes.recurrence() != null) {
            hint = changes.recurrence();
        }
        if (event.type() == TaskEventType.CREATED) {
            rootCreations.add(event.eventId());
            latestDue = task.dueAt();
            firstId = task.due() == null || task.due().local() == null
                    ? null
                    : task.due().local().format(RECURRENCE_ID);
            if (task.due() == null || isShort(hint) || !isPlain(task)) {
                task.loosen(now);
            }
        } else if (event.type() == TaskEventType.DELETED) {
            tasks.values().forEach(each -> each.closeWithSeries(event, now));
        } else if (event.type() == TaskEventType.UPDATED && (changes.touchReminders() || changes.givesRecurrence())) {
            latestDue = null;
            if (tasks.size() > 1) {
                tasks.values().forEach(each -> each.loosen(now));
            }
        }
    }

    private boolean isShort(Changes.RecurrenceHint recurrence) {
        return recurrence != null
                && recurrence.catchUp() != null
                && recurrence
                                .catchUp()
                                .compareTo(findings.settings.longestOutage().plus(PROMPT))
                        < 0;
    }

    /** Whether the rule's options leave the due date's meaning alone. */
    private boolean isPlain(TaskModel task) {
        boolean oneMeaning = task.due() == null
                || task.due().local() == null
                || task.zone() == null
                || task.zone().getRules().getValidOffsets(task.due().local()).size() == 1;
        boolean root = task.taskId().equals(key.rootId());
        return hint == null || hint.plain() || (!root && oneMeaning);
    }
}
