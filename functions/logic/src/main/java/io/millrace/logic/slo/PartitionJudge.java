package io.millrace.logic.slo;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.slo.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Judges how a group does with a partition, by its last commits, in the order of Burrow's rules
 * (github.com/linkedin/Burrow/wiki/Consumer-Lag-Evaluation-Rules). Burrow takes a group for stopped that has been
 * quiet for longer than its last commits took together; here a group is that has been quiet, while there was
 * something to read, for longer than {@value #PATIENCE} times what is usual for it. So a topic with a record an hour
 * does not hide for hours that nobody reads it, and a group that commits each five minutes is left in peace.
 */
final class PartitionJudge {
    /** How many commits are looked at. */
    static final int WINDOW = 10;

    private static final int PATIENCE = 3;
    /** In intervals, for a group of which nothing is known yet. */
    private static final int PATIENCE_AT_FIRST = 60;
    /** How many changed commits it takes to know what is usual. */
    private static final int USUAL_AFTER = 2;

    private final Look look;
    private final long now;
    /** Whether there was no sample for so long that what was quiet is not known. */
    private final boolean afterGap;

    /**
     * @param look of which the partitions are
     * @param afterGap whether there was no sample for some intervals before
     */
    PartitionJudge(Look look, boolean afterGap) {
        this.look = look;
        this.now = look.loggedAt();
        this.afterGap = afterGap;
    }

    /** @param before null when it was not known */
    PartitionState next(PartitionState before, LagSampled.Partition partition) {
        long start = partition.start() == null ? 0 : partition.start();
        boolean lost = partition.committed() == null
                || partition.committed() > partition.end()
                || partition.committed() < start;
        long position = lost ? Math.min(start, partition.end()) : partition.committed();
        long lag = partition.nothingToRead() ? 0 : partition.end() - position;
        boolean moved = before == null || before.position() != position;
        long unreadSince = lag == 0 ? 0 : unreadSince(before, partition, position, moved);
        boolean atLeast = lag > 0 && (lost || partition.firstUnreadAt() == null);
        long lateMs = lag == 0 ? 0 : Math.max(0, now - unreadSince);
        List<Commit> commits = before == null ? List.of() : before.commits();
        if (moved) {
            commits = with(commits, new Commit(now, position, partition.end(), lag, lateMs, quiet(before)));
        }
        PartitionState state = new PartitionState(
                look.askedAt(),
                position,
                partition.committed(),
                partition.end(),
                lag,
                lateMs,
                atLeast,
                unreadSince,
                commits,
                Verdict.OK);
        return state.with(judge(state));
    }

    /** When the broker does not say: since the first sample by which the record was there. */
    private long unreadSince(PartitionState before, LagSampled.Partition partition, long position, boolean moved) {
        if (partition.firstUnreadAt() != null) {
            return Math.min(now, partition.firstUnreadAt().toEpochMilli());
        }
        if (before == null) {
            return now;
        }
        if (!moved && before.isLagging()) {
            return before.unreadSince();
        }
        return before.commits().stream()
                .filter(commit -> commit.end() > position)
                .mapToLong(Commit::at)
                .min()
                .orElse(now);
    }

    private long quiet(PartitionState before) {
        return before == null ? -1 : afterGap ? 0 : before.quietMs(now);
    }

    private static List<Commit> with(List<Commit> commits, Commit last) {
        List<Commit> all = new ArrayList<>(commits);
        all.add(last);
        return all.size() > WINDOW ? List.copyOf(all.subList(1, all.size())) : List.copyOf(all);
    }

    private Verdict judge(PartitionState state) {
        if (!state.isLagging()) {
            return Verdict.OK;
        }
        if (isQuietForTooLong(state)) {
            return look.members() == Members.SOME ? Verdict.STALLED : Verdict.STOPPED;
        }
        if (state.commits().stream().anyMatch(commit -> commit.offset() > state.position())) {
            return Verdict.REWOUND;
        }
        return neverFalls(state) ? Verdict.WARNING : Verdict.OK;
    }

    /** A group that has just lost its members is given some intervals, as it may only be started anew. */
    private boolean isQuietForTooLong(PartitionState state) {
        long quiet = state.quietMs(now);
        boolean isEmpty = look.members() == Members.NONE
                && Math.min(quiet, now - look.emptySince()) > PATIENCE * look.intervalMs();
        return isEmpty || quiet > usualPatience(state.commits());
    }

    private long usualPatience(List<Commit> commits) {
        long[] quiet = commits.stream()
                .mapToLong(Commit::quietMs)
                .filter(ms -> ms >= 0)
                .toArray();
        if (quiet.length < USUAL_AFTER) {
            return PATIENCE_AT_FIRST * look.intervalMs();
        }
        return PATIENCE * Math.max(LongStream.of(quiet).max().orElseThrow(), look.intervalMs());
    }

    private static boolean neverFalls(PartitionState state) {
        List<Commit> commits = state.commits();
        if (commits.size() < WINDOW || commits.get(0).lag() == 0) {
            return false;
        }
        for (int i = 1; i < commits.size(); i++) {
            if (commits.get(i).lag() < commits.get(i - 1).lag()) {
                return false;
            }
        }
        return state.lag() >= state.lastCommit().lag();
    }
}
