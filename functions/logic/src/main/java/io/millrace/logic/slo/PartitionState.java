package io.millrace.logic.slo;

import io.millrace.schema.slo.Verdict;
import java.util.List;

/**
 * What is remembered of one partition. Components are only ever appended.
 *
 * @param askedAt of the last sample that had it, milliseconds since the epoch
 * @param position from where the group reads on; the start of the log when there is no such record any more
 * @param committed null when the group has committed nothing
 * @param lag how many records are unread; 0 when all that lies between is no record
 * @param lateMs how old the first of them is, milliseconds
 * @param atLeast whether it may be more
 * @param unreadSince log time since which there is something unread; 0 when there is nothing
 * @param commits the last that changed something, at most {@link PartitionJudge#WINDOW}
 */
public record PartitionState(
        long askedAt,
        long position,
        Long committed,
        long end,
        long lag,
        long lateMs,
        boolean atLeast,
        long unreadSince,
        List<Commit> commits,
        Verdict verdict) {

    boolean isLagging() {
        return lag > 0;
    }

    Commit lastCommit() {
        return commits.get(commits.size() - 1);
    }

    /** For how long there has been something to read and no commit, in milliseconds. */
    long quietMs(long now) {
        return isLagging()
                ? Math.max(0, now - Math.max(unreadSince, lastCommit().at()))
                : 0;
    }

    PartitionState with(Verdict judged) {
        return new PartitionState(
                askedAt, position, committed, end, lag, lateMs, atLeast, unreadSince, commits, judged);
    }
}
