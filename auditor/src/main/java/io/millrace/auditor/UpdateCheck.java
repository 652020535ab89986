package io.millrace.auditor;

import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Compares the updates of a series with those its events ask for. */
final class UpdateCheck {
    private final SeriesKey series;
    private final Findings findings;
    private final Map<UUID, Expected> expected = new LinkedHashMap<>();
    private final Map<String, Expected> announced = new LinkedHashMap<>();
    private final Set<UUID> seen = new HashSet<>();

    /** @param exact whether version, status and due date are known too */
    private record Expected(
            EventRecord cause, String taskId, long since, long version, String status, Long dueAt, boolean exact) {}

    UpdateCheck(SeriesKey series, Findings findings) {
        this.series = series;
        this.findings = findings;
    }

    /** The task has just taken that event, at that log time. */
    void expect(EventRecord cause, TaskModel task, long since) {
        expected.put(
                Uuid5.of(cause.eventId(), task.taskId()),
                new Expected(
                        cause, task.taskId(), since, task.version(), task.status(), task.dueAt(), !task.isLoose()));
    }

    /**
     * The job has announced that occurrence: there must be an update of it, under whichever cause.
     *
     * @param since log time from which it is due, epoch milliseconds
     */
    void expectAny(EventRecord announcement, long since) {
        announced.put(
                announcement.taskId(),
                new Expected(announcement, announcement.taskId(), since, 1, "open", null, false));
    }

    /** @param strict whether every update is expected by name; false for a series that recurs */
    void run(Map<String, List<UpdateRecord>> updates, boolean strict, boolean complete) {
        updates.forEach((taskId, ofTask) -> {
            long highest = 0;
            for (UpdateRecord update : ofTask) {
                boolean again = !seen.add(update.id());
                highest = order(update, again, highest);
                content(update, strict, again);
            }
        });
        if (complete) {
            announced.keySet().removeAll(updates.keySet());
            missing();
        }
    }

    /**
     * Each version follows the one before it when it comes for the first time: so a reader that keeps the highest is
     * right at every moment. What comes again may come anywhere; after a crash, of two attempts of the job the former
     * may still be writing.
     *
     * @param highest version of the task so far
     * @return the highest version with this one
     */
    private long order(UpdateRecord update, boolean again, long highest) {
        Expected asked = expected.get(update.id());
        // A task that was forgotten begins anew.
        boolean anew = update.version() == 1 && asked != null && asked.version == 1;
        if (again) {
            findings.again(OffenceKind.ORDER, subject(update), update + " is there again, after version " + highest);
            return highest;
        }
        if (update.version() != highest + 1 && !anew) {
            findings.add(OffenceKind.ORDER, subject(update), update + " follows version " + highest);
        }
        return update.version();
    }

    private void content(UpdateRecord update, boolean strict, boolean again) {
        Expected asked = expected.get(update.id());
        if (asked != null && !again) {
            findings.slowestUpdate = Math.max(findings.slowestUpdate, update.logTime() - asked.since);
        }
        if (asked == null) {
            boolean derived =
                    update.causeId() != null && update.id().equals(Uuid5.of(update.causeId(), update.taskId()));
            if (strict) {
                findings.add(OffenceKind.WRONG, subject(update), update + " that no event asks for");
            } else if (!derived) {
                findings.add(OffenceKind.WRONG, subject(update), update + " whose id is not uuid5(cause, task)");
            }
        } else if (strict && asked.exact) {
            compare(update, "version", update.version(), asked.version, asked);
            compare(update, "status", update.status(), asked.status, asked);
            compare(update, "due_at", moment(update.dueAt()), moment(asked.dueAt), asked);
        }
    }

    private void compare(UpdateRecord update, String field, Object is, Object should, Expected asked) {
        if (!Objects.equals(is, should)) {
            findings.add(
                    OffenceKind.WRONG,
                    subject(update),
                    "%s: %s is %s, should be %s after %s".formatted(update, field, is, should, asked.cause));
        }
    }

    private static Instant moment(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private void missing() {
        announced.values().stream()
                .filter(each -> findings.isDue(each.since))
                .forEach(each -> findings.add(
                        OffenceKind.LOST,
                        series.subject(each.taskId),
                        "no update of what was announced by " + each.cause));
        Map<UUID, Expected> left = new HashMap<>(expected);
        left.keySet().removeAll(seen);
        left.forEach((id, asked) -> {
            if (findings.isDue(asked.since)) {
                findings.add(
                        OffenceKind.LOST,
                        series.subject(asked.taskId),
                        "no update %s, version %d, for %s".formatted(id, asked.version, asked.cause));
            }
        });
    }

    private String subject(UpdateRecord update) {
        return series.subject(update.taskId());
    }
}
