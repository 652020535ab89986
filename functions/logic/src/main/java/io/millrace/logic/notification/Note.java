package io.millrace.logic.notification;

import io.millrace.schema.notification.About;
import io.millrace.schema.task.Priority;
import java.util.Map;
import java.util.UUID;

/**
 * Something that somebody is to be told.
 *
 * @param eventId of the event that says it
 * @param priority null for none in particular
 * @param title at most {@link #MAX_TITLE} characters
 * @param details ids and words that a program makes something of, by name; each at most {@link #MAX_DETAIL} characters, or an
 *     address
 * @param at when it happened, milliseconds since the epoch
 * @param dueAt by when something is to be done, milliseconds since the epoch; null for no time
 */
public record Note(
        UUID eventId, About about, Priority priority, String title, Map<String, String> details, long at, Long dueAt) {
    public static final int MAX_TITLE = 200;
    public static final int MAX_DETAIL = 150;

    /** Of an address, which is not cut but left out. */
    static final int MAX_LINK = 300;
}
