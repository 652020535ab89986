package io.millrace.schema.wire;

import java.util.Locale;

/**
 * Why a record is a dead letter: the value of the header {@code error_code}. The pages of the jobs, docs/tasks.md,
 * docs/agents.md and docs/workflows.md, explain each.
 */
public enum ErrorCode {
    EMPTY_VALUE,
    TOO_LARGE,
    NOT_UTF8,
    NOT_JSON,
    TOO_DEEP,
    DUPLICATE_FIELD,
    MISSING_FIELD,
    WRONG_TYPE,
    INVALID_VALUE,
    UNKNOWN_VERSION,
    UNKNOWN_TYPE,
    INVALID_ENVELOPE,
    INVALID_RECURRENCE,
    TASK_EXISTS,
    TASK_COMPLETED,
    TASK_DELETED,
    UNKNOWN_TASK,
    REPLY_TOPIC_NOT_ALLOWED,
    INVALID_SCHEMA,
    UNKNOWN_TRANSPORT,
    FALLBACK_LOOP,
    INVALID_KEY,
    REPLY_TOPIC_UNKNOWN,
    TENANT_MISMATCH,
    /** A defect of a reader, see the log. */
    UNREADABLE,
    INVALID_WORKFLOW,
    VERSION_EXISTS;

    private static final ErrorCode[] VALUES = values();

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As it stands in the header and in metrics: {@code not_json}. */
    public String wireName() {
        return wireName;
    }

    public static ErrorCode ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
