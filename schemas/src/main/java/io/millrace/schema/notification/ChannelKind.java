package io.millrace.schema.notification;

/** How a notification reaches somebody. Order is part of the binary encoding: append only. */
public enum ChannelKind {
    WEBHOOK,
    EMAIL,
    SLACK
}
