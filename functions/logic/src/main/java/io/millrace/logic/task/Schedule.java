package io.millrace.logic.task;

import java.time.LocalDateTime;

/**
 * How far a series has come.
 *
 * @param anchor local date-time from which the rule counts (DTSTART)
 * @param latest local date-time after which the next occurrence is looked for
 * @param nextAt when the next occurrence is to be made, milliseconds since the epoch; {@link Long#MAX_VALUE} when it is
 *     made on completion or there is none
 * @param ended no further occurrence is made
 */
record Schedule(LocalDateTime anchor, LocalDateTime latest, long nextAt, boolean ended) {

    Schedule at(LocalDateTime newLatest) {
        return new Schedule(anchor, newLatest, nextAt, ended);
    }

    Schedule due(long newNextAt) {
        return new Schedule(anchor, latest, newNextAt, ended);
    }

    Schedule end() {
        return new Schedule(anchor, latest, Long.MAX_VALUE, true);
    }
}
