package io.millrace.auditor;

import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.ErrorCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an event may do in each state, as docs/tasks.md has it. Where a cell allows several answers the contract leaves
 * the choice open, and the job's own answer is followed.
 */
final class Lifecycle {

    enum State {
        UNKNOWN,
        OPEN,
        COMPLETED,
        DELETED
    }

    enum Answer {
        APPLIED(null),
        NO_EFFECT(null),
        WAITS(null),
        TASK_EXISTS(ErrorCode.TASK_EXISTS),
        TASK_COMPLETED(ErrorCode.TASK_COMPLETED),
        TASK_DELETED(ErrorCode.TASK_DELETED);

        private final ErrorCode code;

        Answer(ErrorCode code) {
            this.code = code;
        }

        /** The code of the dead letter; null for an event that is accepted. */
        ErrorCode code() {
            return code;
        }
    }

    private static final Map<State, Map<TaskEventType, List<Answer>>> TABLE = new EnumMap<>(State.class);

    static {
        row(State.UNKNOWN, TaskEventType.CREATED, Answer.APPLIED);
        row(State.UNKNOWN, TaskEventType.UPDATED, Answer.WAITS);
        row(State.UNKNOWN, TaskEventType.COMPLETED, Answer.WAITS);
        row(State.UNKNOWN, TaskEventType.REOPENED, Answer.WAITS);
        row(State.UNKNOWN, TaskEventType.DELETED, Answer.WAITS);
        row(State.UNKNOWN, TaskEventType.SNOOZED, Answer.WAITS);

        row(State.OPEN, TaskEventType.CREATED, Answer.TASK_EXISTS);
        row(State.OPEN, TaskEventType.UPDATED, Answer.APPLIED);
        row(State.OPEN, TaskEventType.COMPLETED, Answer.APPLIED);
        row(State.OPEN, TaskEventType.REOPENED, Answer.NO_EFFECT);
        row(State.OPEN, TaskEventType.DELETED, Answer.APPLIED);
        row(State.OPEN, TaskEventType.SNOOZED, Answer.APPLIED);

        row(State.COMPLETED, TaskEventType.CREATED, Answer.TASK_EXISTS, Answer.TASK_COMPLETED);
        row(State.COMPLETED, TaskEventType.UPDATED, Answer.APPLIED, Answer.TASK_COMPLETED);
        row(State.COMPLETED, TaskEventType.COMPLETED, Answer.NO_EFFECT);
        row(State.COMPLETED, TaskEventType.REOPENED, Answer.APPLIED);
        row(State.COMPLETED, TaskEventType.DELETED, Answer.APPLIED);
        row(State.COMPLETED, TaskEventType.SNOOZED, Answer.TASK_COMPLETED, Answer.NO_EFFECT);

        row(State.DELETED, TaskEventType.CREATED, Answer.TASK_DELETED, Answer.TASK_EXISTS);
        row(State.DELETED, TaskEventType.UPDATED, Answer.TASK_DELETED);
        row(State.DELETED, TaskEventType.COMPLETED, Answer.TASK_DELETED, Answer.NO_EFFECT);
        row(State.DELETED, TaskEventType.REOPENED, Answer.TASK_DELETED, Answer.APPLIED);
        row(State.DELETED, TaskEventType.DELETED, Answer.NO_EFFECT);
        row(State.DELETED, TaskEventType.SNOOZED, Answer.TASK_DELETED);
    }

    private Lifecycle() {}

    private static void row(State state, TaskEventType type, Answer... answers) {
        TABLE.computeIfAbsent(state, s -> new EnumMap<>(TaskEventType.class)).put(type, List.of(answers));
    }

    /** The answers allowed; the likeliest is first, never empty. */
    static List<Answer> answers(State state, TaskEventType type) {
        return TABLE.get(state).get(type);
    }
}
