package io.millrace.logic.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The RDATEs of a series that are occurrences of their own: not excluded, not also given by the rule, and at least a
 * minute from each other and from every occurrence of the rule, which goes first.
 */
final class AddedOccurrences {

    private final List<Occurrence> occurrences = new ArrayList<>();

    AddedOccurrences(List<LocalDateTime> rdates, Set<Long> excluded, RuleOccurrences rule, Steps steps) {
        TreeSet<Long> locals = new TreeSet<>();
        rdates.forEach(rdate -> locals.add(rdate.toEpochSecond(ZoneOffset.UTC)));
        locals.removeAll(excluded);
        Neighbours neighbours = new Neighbours(rule, steps);
        long notBefore = Long.MIN_VALUE;
        for (long local : locals) {
            Instant due = rule.dueAt(local);
            if (due == null || local > RuleTimes.HORIZON || due.getEpochSecond() < notBefore) {
                continue;
            }
            if (neighbours.leaveRoomAt(local, due)) {
                occurrences.add(new Occurrence(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC), due));
                notBefore = due.getEpochSecond() + RuleOccurrences.MIN_DISTANCE;
            }
        }
    }

    /** The first with a later RECURRENCE-ID that is due at the instant or after; null when there is none. */
    Occurrence next(LocalDateTime after, Instant notDueBefore) {
        int low = 0;
        int high = occurrences.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Occurrence occurrence = occurrences.get(middle);
            if (occurrence.recurrenceId().isAfter(after) && !occurrence.due().isBefore(notDueBefore)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == occurrences.size() ? null : occurrences.get(low);
    }

    /** The rule's occurrences around an ascending sequence of local times; one walk serves those that are near. */
    private static final class Neighbours {

        private final RuleOccurrences rule;
        private final Steps steps;
        private RuleOccurrences.Walk walk;
        private boolean ahead;
        private long before = Long.MIN_VALUE;

        Neighbours(RuleOccurrences rule, Steps steps) {
            this.rule = rule;
            this.steps = steps;
        }

        boolean leaveRoomAt(long local, Instant due) {
            long from = Math.min(local - RuleOccurrences.MIN_DISTANCE - 1, rule.walkFrom(local));
            if (walk == null || (ahead && walk.local() <= from)) {
                walk = rule.after(from, steps);
                ahead = walk.next();
            }
            while (ahead && walk.local() <= local) {
                if (walk.local() == local) {
                    return false;
                }
                before = walk.due().getEpochSecond();
                ahead = walk.next();
            }
            long second = due.getEpochSecond();
            return (before == Long.MIN_VALUE || second - before >= RuleOccurrences.MIN_DISTANCE)
                    && (!ahead || walk.due().getEpochSecond() - second >= RuleOccurrences.MIN_DISTANCE);
        }
    }
}
