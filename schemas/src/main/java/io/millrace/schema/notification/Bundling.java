package io.millrace.schema.notification;

/** When what is not urgent is told. Order is part of the binary encoding: append only. */
public enum Bundling {
    /** Each at once. */
    NONE,
    /** All of an hour together, at its end. */
    HOURLY,
    /** All together, at times of the day. */
    AT_TIMES
}
