package io.millrace.logic.task;

import io.millrace.schema.wire.ErrorCode;

/** What a kind of event does to a task in a given state. */
enum Answer {
    APPLIED("applied", null),
    NO_EFFECT("no effect", null),
    WAITS("waits", null),
    TASK_EXISTS("`task_exists`", ErrorCode.TASK_EXISTS),
    TASK_COMPLETED("`task_completed`", ErrorCode.TASK_COMPLETED),
    TASK_DELETED("`task_deleted`", ErrorCode.TASK_DELETED);

    private final String label;
    private final ErrorCode code;

    Answer(String label, ErrorCode code) {
        this.label = label;
        this.code = code;
    }

    /** As it stands in the documentation. */
    String label() {
        return label;
    }

    /** Null for answers that accept the event. */
    ErrorCode code() {
        return code;
    }
}
