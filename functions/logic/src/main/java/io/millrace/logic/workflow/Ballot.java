package io.millrace.logic.workflow;

import java.util.ArrayList;
import java.util.List;

/**
 * What people are asked, and what they said so far. Components are only ever appended. Times are milliseconds since the
 * epoch, {@link Long#MAX_VALUE} for never.
 *
 * @param choices the first needs the quorum, each of the others is taken by one
 * @param approvers empty when anybody may decide
 * @param onExpiry null when the step fails
 * @param escalateTo who decides as well from {@code escalateAt} on
 * @param level how often it was escalated
 */
record Ballot(
        String requestId,
        String message,
        List<String> choices,
        List<String> approvers,
        int quorum,
        String onExpiry,
        List<Vote> votes,
        long expiresAt,
        long escalateAt,
        List<String> escalateTo,
        int level) {

    /**
     * One decision that counts.
     *
     * @param comment may be null, as {@code data}
     */
    record Vote(String by, String choice, String comment, String data, long at) {}

    Ballot with(Vote vote) {
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        return new Ballot(
                requestId,
                message,
                choices,
                approvers,
                quorum,
                onExpiry,
                all,
                expiresAt,
                escalateAt,
                escalateTo,
                level);
    }

    Ballot escalated() {
        List<String> all = new ArrayList<>(approvers);
        if (!all.isEmpty()) {
            escalateTo.stream().filter(each -> !all.contains(each)).forEach(all::add);
        }
        return new Ballot(
                requestId,
                message,
                choices,
                all,
                quorum,
                onExpiry,
                votes,
                expiresAt,
                Long.MAX_VALUE,
                escalateTo,
                level + 1);
    }

    Ballot delayed(long millis) {
        return new Ballot(
                requestId,
                message,
                choices,
                approvers,
                quorum,
                onExpiry,
                votes,
                Frame.later(expiresAt, millis),
                Frame.later(escalateAt, millis),
                escalateTo,
                level);
    }

    /** Why a decision does not count; null when it does. */
    String problem(String by, String choice) {
        if (!choices.contains(choice)) {
            return "\"" + choice + "\" is none of the choices: " + String.join(", ", choices);
        }
        if (!approvers.isEmpty() && !approvers.contains(by)) {
            return by + " is none of the approvers";
        }
        return votes.stream().anyMatch(vote -> vote.by().equals(by)) ? by + " has decided already" : null;
    }

    /** The choice that is taken; null while it is open. */
    String outcome() {
        int approving = 0;
        for (Vote vote : votes) {
            if (!vote.choice().equals(choices.get(0))) {
                return vote.choice();
            }
            approving++;
        }
        return approving >= quorum ? choices.get(0) : null;
    }

    boolean approves(String choice) {
        return choice.equals(choices.get(0));
    }
}
