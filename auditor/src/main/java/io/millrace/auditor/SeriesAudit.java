package io.millrace.auditor;

import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Uuid5;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Judges one series, or one task that does not recur: replays its events through the model, then compares. */
final class SeriesAudit {
    private final SeriesKey key;
    private final SeriesLog log;
    private final DeadLetters deadLetters;
    private final Findings findings;
    private final WaitingEvents waiting;
    private final UpdateCheck updates;
    private final boolean recurs;
    private final Occurrences occurrences;
    private final Map<String, TaskModel> tasks = new LinkedHashMap<>();
    private final Map<UUID, Long> seen = new HashMap<>();
    private final Set<UUID> rejected = new HashSet<>();
    private boolean unmodelled;
    private long now;

    SeriesAudit(SeriesKey key, SeriesLog log, DeadLetters deadLetters, Findings findings) {
        this.key = key;
        this.log = log;
        this.deadLetters = deadLetters;
        this.findings = findings;
        this.waiting = new WaitingEvents(deadLetters, findings);
        this.updates = new UpdateCheck(key, findings);
        this.recurs = log.events().stream().anyMatch(event -> event.changes().recurrence() != null);
        this.occurrences = new Occurrences(key, tasks, updates, findings);
    }

    void run() {
        log.events().forEach(this::read);
        waiting.finish();
        updates.run(log.updates(), !recurs && !unmodelled, !unmodelled);
        Set<String> reminded = new HashSet<>(log.reminders().keySet());
        reminded.addAll(tasks.keySet());
        reminded.forEach(this::reminders);
    }

    private void reminders(String taskId) {
        ReminderCheck check = new ReminderCheck(key, taskId, findings);
        List<ReminderRecord> first = check.alone(log.reminders().getOrDefault(taskId, List.of()));
        if (unmodelled) {
            return;
        }
        TaskModel task = task(taskId);
        if (recurs && task.state() == Lifecycle.State.UNKNOWN && task.version() == 0) {
            task.loosen(now);
        }
        check.against(first, task, seen.keySet());
        check.missing(task.expectations(), findings.slack());
    }

    private TaskModel task(String taskId) {
        long catchUp = findings.settings.job().catchUp().toMillis();
        return tasks.computeIfAbsent(taskId, id -> new TaskModel(id, recurs, catchUp, findings.slack()));
    }

    private void read(EventRecord event) {
        now = Math.max(now, event.logTime());
        if (event.validity() == Validity.EITHER && deadLetters.has(event)) {
            deadLetters.expect(event, DeadLetters.ANY, event.logTime());
        } else if (event.eventId() == null) {
            unmodelled = true;
            deadLetters.refuse(event);
        } else if (recurs && event.type() == TaskEventType.CREATED && event.isOccurrence()) {
            announced(event);
        } else if (isDuplicate(event)) {
            findings.duplicates++;
            if (deadLetters.has(event, ErrorCode.UNKNOWN_TASK.wireName())) {
                // The first one waits for its task: whether the second waits too is open.
                deadLetters.expect(event, DeadLetters.ANY, event.logTime());
            } else {
                deadLetters.refuse(event);
            }
        } else {
            decide(event);
        }
    }

    private void announced(EventRecord event) {
        if (deadLetters.has(event)) {
            deadLetters.expect(event, DeadLetters.ANY, event.logTime());
        } else {
            occurrences.announced(event, now, task(event.taskId()));
            seen.put(event.eventId(), now);
        }
    }

    private boolean isDuplicate(EventRecord event) {
        Long before = seen.get(event.eventId());
        return before != null
                && now - before <= findings.settings.job().dedupWindow().toMillis();
    }

    private TaskModel addressed(EventRecord event) {
        String rootId = key.rootId();
        boolean first = recurs
                && event.isOccurrence()
                && !tasks.containsKey(event.taskId())
                && occurrences.isFirst(event, tasks.get(rootId));
        return task(first ? rootId : event.taskId());
    }

    private void decide(EventRecord event) {
        TaskModel task = addressed(event);
        if (task.isClosed()
                && now - task.closedAt()
                        >= findings.settings.job().closedRetention().toMillis()) {
            task.forget();
        }
        if (lacksZone(event, task)) {
            if (deadLetters.has(event)) {
                deadLetters.expect(event, DeadLetters.ANY, event.logTime());
                return;
            }
            task.loosen(now);
        }
        List<Lifecycle.Answer> answers = Lifecycle.answers(task.state(), event.type());
        boolean unsure = isUnsure(event, task);
        Lifecycle.Answer answer = choose(event, task, answers, unsure);
        if (answer == null) {
            findings.duplicates++;
        } else if (answer == Lifecycle.Answer.WAITS) {
            seen.put(event.eventId(), now);
            waiting.add(event);
        } else if (answer.code() != null) {
            rejected.add(event.eventId());
            deadLetters.expect(event, unsure ? DeadLetters.ANY : codes(answers), event.logTime());
        } else if (answer == Lifecycle.Answer.APPLIED && !unsure && task.isPutOffIntoThePast(event, now)) {
            rejected.add(event.eventId());
            deadLetters.expect(event, Set.of(ErrorCode.INVALID_VALUE.wireName()), event.logTime());
        } else {
            accept(event, task, answer, unsure);
        }
    }

    private static Set<String> codes(List<Lifecycle.Answer> answers) {
        Set<String> codes = new HashSet<>();
        for (Lifecycle.Answer answer : answers) {
            if (answer.code() != null) {
                codes.add(answer.code().wireName());
            }
        }
        return codes;
    }

    private void accept(EventRecord event, TaskModel task, Lifecycle.Answer answer, boolean unsure) {
        findings.accepted++;
        seen.put(event.eventId(), now);
        deadLetters.refuse(event);
        if (answer != Lifecycle.Answer.APPLIED) {
            return;
        }
        if (event.type() == TaskEventType.CREATED) {
            // Replayed now, what was refused for want of the task is judged anew.
            rejected.clear();
        }
        task.apply(event, now);
        if (recurs) {
            occurrences.applied(event, task, now);
        }
        if (!unsure && task.taskId().equals(event.taskId())) {
            updates.expect(event, task, now);
        }
        if (event.type() == TaskEventType.CREATED) {
            waiting.take(event.taskId(), now, expired -> seen.remove(expired.eventId()))
                    .forEach(this::decide);
        }
    }

    /**
     * The one answer of the contract; of several, the one that the job gave. Null for an event dropped because one with
     * its id had been refused.
     */
    private Lifecycle.Answer choose(EventRecord event, TaskModel task, List<Lifecycle.Answer> answers, boolean unsure) {
        if (deadLetters.has(event)) {
            for (Lifecycle.Answer answer : answers) {
                if (answer.code() != null) {
                    return answer;
                }
            }
            if (unsure) {
                return Lifecycle.Answer.TASK_EXISTS;
            }
        } else if (rejected.contains(event.eventId()) && !isUpdated(event, task)) {
            return null;
        } else if (unsure) {
            return isUpdated(event, task) ? Lifecycle.Answer.APPLIED : Lifecycle.Answer.NO_EFFECT;
        } else if (answers.size() > 1) {
            if (isUpdated(event, task) && answers.contains(Lifecycle.Answer.APPLIED)) {
                return Lifecycle.Answer.APPLIED;
            }
            if (answers.contains(Lifecycle.Answer.NO_EFFECT)) {
                return Lifecycle.Answer.NO_EFFECT;
            }
        }
        return answers.get(0);
    }

    private boolean isUpdated(EventRecord event, TaskModel task) {
        return log.updates().getOrDefault(task.taskId(), List.of()).stream()
                .anyMatch(update -> event.eventId().equals(update.causeId()));
    }

    /** Whether the state of what the event addresses follows from rules that are not modelled. */
    private boolean isUnsure(EventRecord event, TaskModel task) {
        if (!recurs) {
            return false;
        }
        boolean seriesWide = task.taskId().equals(key.rootId()) && task.state() != Lifecycle.State.OPEN;
        boolean unknown = event.isOccurrence() && task.state() == Lifecycle.State.UNKNOWN;
        return task.isLoose() || unknown || (seriesWide && event.type() != TaskEventType.CREATED);
    }

    /** A local date-time where neither the event nor the task has a zone. */
    private static boolean lacksZone(EventRecord event, TaskModel task) {
        if (task.state() == Lifecycle.State.UNKNOWN || event.type() == TaskEventType.CREATED) {
            return false;
        }
        Changes changes = event.changes();
        boolean zone = changes.givesZone() ? changes.zone() != null : task.zone() != null;
        boolean local = changes.givesDue()
                ? changes.due() != null && changes.due().local() != null
                : changes.givesZone() && task.due() != null && task.due().local() != null;
        boolean snoozeLocal = event.snooze() != null
                && event.snooze().until() != null
                && event.snooze().until().local() != null;
        return !zone && (local || snoozeLocal);
    }

    /** Whether that id is the one the contract gives the occurrence in that series. */
    static boolean isOccurrenceId(UUID id, UUID rootCreation, String recurrenceId) {
        return id.equals(Uuid5.of(Uuid5.of(rootCreation, "series"), recurrenceId));
    }
}
