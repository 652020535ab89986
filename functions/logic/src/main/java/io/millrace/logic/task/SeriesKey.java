package io.millrace.logic.task;

import io.millrace.schema.task.TaskEvent;

/**
 * What state and order are kept by: a task with all its occurrences.
 *
 * @param rootId the id of the task that recurs, or of a task that does not
 */
public record SeriesKey(String tenant, String userId, String rootId) {
    /** No id contains a control character. */
    private static final char SEPARATOR = '\u001f';

    public static SeriesKey of(TaskEvent event) {
        return new SeriesKey(event.tenant(), event.userId(), event.rootId());
    }

    /** The key as Flink keeps it: one string. */
    public static String encoded(TaskEvent event) {
        return event.tenant() + SEPARATOR + event.userId() + SEPARATOR + event.rootId();
    }

    public String encoded() {
        return tenant + SEPARATOR + userId + SEPARATOR + rootId;
    }

    public static SeriesKey decode(String encoded) {
        int first = encoded.indexOf(SEPARATOR);
        int second = encoded.indexOf(SEPARATOR, first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("not a series key: " + encoded);
        }
        return new SeriesKey(
                encoded.substring(0, first), encoded.substring(first + 1, second), encoded.substring(second + 1));
    }
}
