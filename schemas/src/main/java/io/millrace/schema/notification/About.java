package io.millrace.schema.notification;

/** What a notification is about. Order is part of the binary encoding: append only. */
public enum About {
    REMINDERS,
    APPROVALS,
    ESCALATIONS,
    ALERTS
}
