package io.millrace.local.logs;

import java.time.Instant;

/**
 * What of a log is wanted.
 *
 * @param level this severe or more
 * @param correlationId null for any
 * @param since {@link Instant#MIN} for all
 */
public record LogFilter(String level, String correlationId, Instant since) {

    /** @throws IllegalArgumentException when there is no such level */
    public LogFilter {
        if (!LogEntry.isLevel(level)) {
            throw new IllegalArgumentException(
                    "there is no level " + level + "; they are trace, debug, info, warn, error and fatal");
        }
    }

    boolean accepts(LogEntry entry) {
        return entry.isAtLeast(level)
                && (correlationId == null || correlationId.equals(entry.correlationId()))
                && !entry.time().isBefore(since);
    }
}
