package io.millrace.logic.task;

import static io.millrace.logic.task.Answer.APPLIED;
import static io.millrace.logic.task.Answer.NO_EFFECT;
import static io.millrace.logic.task.Answer.TASK_COMPLETED;
import static io.millrace.logic.task.Answer.TASK_DELETED;
import static io.millrace.logic.task.Answer.TASK_EXISTS;
import static io.millrace.logic.task.Answer.WAITS;

import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.task.TaskStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The life of a task as a table: state × event → answer. docs/tasks.md shows the same table, written by a test. */
final class TaskLifecycle {
    private static final Map<TaskEventType, Answer> UNKNOWN = row(APPLIED, WAITS, WAITS, WAITS, WAITS, WAITS);
    private static final Map<TaskStatus, Map<TaskEventType, Answer>> KNOWN = new EnumMap<>(Map.of(
            // Columns as in row().
            TaskStatus.OPEN, row(TASK_EXISTS, APPLIED, APPLIED, NO_EFFECT, APPLIED, APPLIED),
            TaskStatus.COMPLETED, row(TASK_EXISTS, APPLIED, NO_EFFECT, APPLIED, APPLIED, TASK_COMPLETED),
            TaskStatus.SKIPPED, row(TASK_EXISTS, APPLIED, APPLIED, APPLIED, APPLIED, TASK_COMPLETED),
            TaskStatus.DELETED, row(TASK_DELETED, TASK_DELETED, TASK_DELETED, TASK_DELETED, NO_EFFECT, TASK_DELETED)));

    private TaskLifecycle() {}

    private static Map<TaskEventType, Answer> row(
            Answer created, Answer updated, Answer completed, Answer reopened, Answer deleted, Answer snoozed) {
        return new EnumMap<>(Map.of(
                TaskEventType.CREATED, created,
                TaskEventType.UPDATED, updated,
                TaskEventType.COMPLETED, completed,
                TaskEventType.REOPENED, reopened,
                TaskEventType.DELETED, deleted,
                TaskEventType.SNOOZED, snoozed));
    }

    /** @param status null for a task that is not known */
    static Answer answer(TaskStatus status, TaskEventType event) {
        return (status == null ? UNKNOWN : KNOWN.get(status)).get(event);
    }

    /** The table in Markdown. */
    static String markdown() {
        List<TaskEventType> events = List.of(TaskEventType.values());
        StringBuilder text = new StringBuilder("| state |");
        events.forEach(event -> text.append(" `").append(event.wireName()).append("` |"));
        text.append("\n|---|").append("---|".repeat(events.size())).append('\n');
        text.append(markdownRow("unknown", UNKNOWN));
        Arrays.stream(TaskStatus.values())
                .forEach(status -> text.append(markdownRow(status.wireName(), KNOWN.get(status))));
        return text.toString();
    }

    private static String markdownRow(String state, Map<TaskEventType, Answer> row) {
        return row.values().stream()
                .map(Answer::label)
                .collect(Collectors.joining(" | ", "| " + state + " | ", " |\n"));
    }
}
