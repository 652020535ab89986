package io.millrace.simulation;

import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.Uuid5;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Whether reminders, views and announcements tell the same story, of whichever kind of task: what a view says is next
 * comes, nothing comes that no view stands behind, and each occurrence that has a view was announced under the id it
 * must have.
 */
final class ViewLaw {
    private static final String REMINDERS = "reminders are those that the views promise";
    private static final String DUPLICATES = "an event takes effect once within the dedup window";
    private static final String OCCURRENCES = "each occurrence is announced once, under its own id";

    private final Map<String, List<TaskView>> views = new LinkedHashMap<>();
    private final Map<String, List<Reminder>> reminders = new HashMap<>();
    private final List<TaskEvent> announcements = new ArrayList<>();

    private ViewLaw() {}

    /**
     * @param contents in the order of the log
     * @param dedupWindow milliseconds
     */
    static void require(Iterable<Object> contents, long dedupWindow, long end) throws BrokenLawException {
        ViewLaw law = new ViewLaw();
        for (Object content : contents) {
            if (content instanceof TaskView view) {
                law.views
                        .computeIfAbsent(view.userId() + "/" + view.taskId(), t -> new ArrayList<>())
                        .add(view);
            } else if (content instanceof Reminder reminder) {
                law.reminders
                        .computeIfAbsent(reminder.userId() + "/" + reminder.taskId(), t -> new ArrayList<>())
                        .add(reminder);
            } else if (content instanceof TaskEvent announced) {
                law.announcements.add(announced);
            }
        }
        for (Map.Entry<String, List<TaskView>> task : law.views.entrySet()) {
            List<Reminder> sent = law.reminders.getOrDefault(task.getKey(), List.of());
            once(task.getKey(), task.getValue(), dedupWindow);
            promised(task.getKey(), task.getValue(), sent, end);
            covered(task.getKey(), task.getValue(), sent, end);
        }
        law.announced();
    }

    /** Until when a view holds: moments up to the next one's log time come before it. */
    private static long until(List<TaskView> views, int index, long end) {
        return index + 1 < views.size() ? views.get(index + 1).updatedAt() : end;
    }

    private static void once(String task, List<TaskView> views, long dedupWindow) throws BrokenLawException {
        Map<UUID, Long> seen = new HashMap<>();
        for (TaskView view : views) {
            Long before = seen.put(view.eventId(), view.updatedAt());
            if (before != null && view.updatedAt() - before <= dedupWindow) {
                throw new BrokenLawException(
                        DUPLICATES, task, task + " has taken it at " + Texts.time(before) + ": " + view);
            }
        }
    }

    private static void promised(String task, List<TaskView> views, List<Reminder> sent, long end)
            throws BrokenLawException {
        Set<Long> moments = new HashSet<>();
        sent.forEach(each -> moments.add(each.remindAt()));
        for (int i = 0; i < views.size(); i++) {
            Long next = views.get(i).nextRemindAt();
            if (next != null && next <= until(views, i, end) && !moments.contains(next)) {
                throw new BrokenLawException(
                        REMINDERS, task, task + " has none for " + Texts.time(next) + ", promised by " + views.get(i));
            }
        }
    }

    private static void covered(String task, List<TaskView> views, List<Reminder> sent, long end)
            throws BrokenLawException {
        for (Reminder reminder : sent) {
            boolean covered = false;
            for (int i = 0; i < views.size() && !covered; i++) {
                covered = isBehind(views, i, end, reminder);
            }
            if (!covered) {
                throw new BrokenLawException(REMINDERS, task, task + ": no open task stood behind " + reminder);
            }
        }
    }

    private static boolean isBehind(List<TaskView> views, int index, long end, Reminder reminder) {
        TaskView view = views.get(index);
        long moment = reminder.remindAt();
        if (view.status() != TaskStatus.OPEN) {
            return false;
        }
        if (view.updatedAt() < moment) {
            return moment <= until(views, index, end);
        }
        // Sent at once, in the name of what gave the due date.
        for (int i = index; i >= 0 && Objects.equals(views.get(i).dueAt(), view.dueAt()); i--) {
            if (isNamedBy(views.get(i).causeId(), reminder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedBy(UUID arming, Reminder reminder) {
        String name = reminder.snoozed() ? "snooze" : Integer.toString(reminder.remindBeforeMinutes());
        return reminder.eventId().equals(Uuid5.of(arming, name))
                || reminder.eventId().equals(Uuid5.of(Uuid5.of(arming, reminder.taskId()), name));
    }

    private void announced() throws BrokenLawException {
        Set<String> made = new HashSet<>();
        for (TaskEvent event : announcements) {
            String recurrenceId = event.taskId().substring(event.taskId().indexOf('~') + 1);
            String root = event.userId() + "/" + event.rootId();
            // More than one where the creating event was redelivered when the series was forgotten already.
            long creations = views.getOrDefault(root, List.of()).stream()
                    .filter(view -> view.version() == 1)
                    .filter(view -> event.eventId().equals(Uuid5.of(Uuid5.of(view.causeId(), "series"), recurrenceId)))
                    .count();
            boolean isNew = made.add(event.userId() + "/" + event.taskId() + "/" + event.eventId());
            if (creations == 0 || (creations == 1 && !isNew)) {
                throw new BrokenLawException(OCCURRENCES, root, (isNew ? "wrong id: " : "twice: ") + event);
            }
        }
        for (List<TaskView> task : views.values()) {
            for (TaskView view : task) {
                boolean first = view.taskId().indexOf('~') >= 0 && view.version() == 1;
                if (first && !made.contains(view.userId() + "/" + view.taskId() + "/" + view.causeId())) {
                    throw new BrokenLawException(
                            OCCURRENCES, view.userId() + "/" + view.taskId(), "not announced: " + view);
                }
            }
        }
    }
}
