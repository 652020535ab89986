package io.millrace.schema.agent;

/** Whether a call needs somebody's approval first. */
public enum Risk {
    AUTO,
    APPROVAL_REQUIRED
}
