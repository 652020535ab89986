package io.millrace.auditor;

import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.wire.Uuid5;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Judges what is under one idempotency key. */
final class CallAudit {
    private static final char SEPARATOR = '\u001f';
    private static final UUID CALLS = Uuid5.of(new UUID(0, 0), AgentCall.TYPE);
    private static final Set<String> REPLY_CODES = Set.of("reply_topic_not_allowed", "reply_topic_unknown");
    /**
     * Of calls that share an answer the last 256 are remembered; fewer, as they are counted by tenant, over partitions.
     */
    private static final int REMEMBERED = 200;

    private final UUID key;
    private final CallLog log;
    private final CallFindings found;
    private final List<CallRecord> accepted = new ArrayList<>(1);

    CallAudit(UUID key, CallLog log, CallFindings found) {
        this.key = key;
        this.log = log;
        this.found = found;
    }

    static UUID keyOf(String tenant, String callKey) {
        return Uuid5.of(CALLS, tenant + SEPARATOR + callKey);
    }

    void run() {
        log.calls().forEach(this::sort);
        found.accepted += accepted.size();
        if (!accepted.isEmpty()) {
            expectResult();
        }
        results();
        outcomes();
    }

    private String subject() {
        return log.callKey() == null ? "key " + key : log.tenant() + "/" + log.callKey();
    }

    private void add(OffenceKind kind, String detail) {
        found.general.add(kind, subject(), detail);
    }

    /** Whether the job has accepted a call, and whether it was right. */
    private void sort(CallRecord call) {
        if (!found.callLetters.has(call)) {
            accepted.add(call);
        } else if (call.repliesElsewhere()) {
            Set<String> codes = call.validity() == Validity.EITHER ? DeadLetters.ANY : REPLY_CODES;
            found.callLetters.expect(call, codes, call.logTime());
        } else if (call.validity() == Validity.EITHER) {
            found.callLetters.expect(call, DeadLetters.ANY, call.logTime());
        } else {
            found.callLetters.refuse(call);
        }
    }

    private void expectResult() {
        long due = accepted.stream().mapToLong(this::dueAt).min().orElseThrow();
        long latest = due
                + found.general.grace()
                + found.settings.run().longestOutage().toMillis();
        if (!log.results().isEmpty()) {
            ResultRecord first = log.results().get(0);
            if (first.logTime() > latest) {
                add(
                        OffenceKind.LOST,
                        first + " came " + (first.logTime() - due) + " ms after that of " + accepted.get(0)
                                + " was due");
            }
        } else if (latest < found.general.now) {
            add(OffenceKind.LOST, "no result of " + accepted.get(0) + ", due " + (found.general.now - due) + " ms ago");
        }
    }

    private long dueAt(CallRecord call) {
        if (call.deadline() != null) {
            return Math.max(call.logTime(), call.deadline());
        }
        long unknown = found.settings.unknownAgentWait().toMillis();
        return call.logTime() + Math.max(unknown, found.agents.longestMillis(call.agent()));
    }

    private void results() {
        if (log.results().isEmpty()) {
            return;
        }
        ResultRecord first = log.results().get(0);
        ResultRecord counted =
                log.results().stream().filter(ResultRecord::isFinal).findFirst().orElse(first);
        found.results.merge(counted.status(), 1L, Long::sum);
        found.cached += counted.cached() ? 1 : 0;
        if (found.general.isDue(counted.logTime())) {
            found.spending.bill(log.tenant(), counted);
        }
        if (accepted.isEmpty()) {
            if (found.general.isDue(first.logTime())) {
                add(OffenceKind.WRONG, first + " of no call that was accepted");
            }
            return;
        }
        for (ResultRecord result : log.results()) {
            requireId(result);
            check(result);
        }
        refusals();
        finals(log.results().stream().filter(ResultRecord::isFinal).toList());
    }

    private void requireId(ResultRecord result) {
        Set<UUID> ids = new HashSet<>();
        for (CallRecord call : accepted) {
            boolean unknown = !result.isFinal() && call.eventId() == null;
            ids.add(
                    unknown
                            ? result.eventId()
                            : Uuid5.of(key, result.isFinal() ? "result" : "refused" + SEPARATOR + call.eventId()));
        }
        if (!ids.contains(result.eventId())) {
            add(OffenceKind.WRONG, result + ", whose id must be " + ids);
        }
    }

    /** Each call without an approval may be refused once. */
    private void refusals() {
        List<ResultRecord> refusals =
                log.results().stream().filter(result -> !result.isFinal()).toList();
        for (int i = accepted.size(); i < refusals.size(); i++) {
            found.general.again(
                    OffenceKind.TWICE,
                    subject(),
                    refusals.get(i) + " is one more refusal than the " + accepted.size() + " calls");
        }
    }

    private void finals(List<ResultRecord> results) {
        if (results.isEmpty()) {
            return;
        }
        ResultRecord first = results.get(0);
        int ownCalls = callsOfTheirOwn(first.logTime());
        for (ResultRecord again : results.subList(1, results.size())) {
            if (ownCalls-- <= 0) {
                String same = again.fingerprint().equals(first.fingerprint()) ? "the same" : "another";
                found.general.again(OffenceKind.TWICE, subject(), again + " is " + same + " result after " + first);
            }
        }
    }

    /** How many of the later calls with this key the job may have made, rather than dropped. */
    private int callsOfTheirOwn(long firstAnswer) {
        int own = 0;
        for (int i = 1; i < accepted.size(); i++) {
            CallRecord call = accepted.get(i);
            boolean known = accepted.subList(0, i).stream()
                    .anyMatch(before ->
                            before.content() == call.content() && call.ordinal() - before.ordinal() <= REMEMBERED);
            long forgottenAt = firstAnswer + found.settings.dedupWindow().toMillis() - found.general.tolerance();
            if (known && call.logTime() < forgottenAt) {
                found.duplicates++;
            } else {
                own++;
            }
        }
        return own;
    }

    private void check(ResultRecord result) {
        CallRecord first = accepted.get(0);
        if (result.logTime()
                < accepted.stream().mapToLong(CallRecord::logTime).min().orElseThrow()) {
            add(OffenceKind.WRONG, result + " is before " + first);
        }
        if (accepted.stream().noneMatch(call -> found.agents.mayBe(call.agent(), result.agent()))) {
            add(OffenceKind.WRONG, result + " says that " + result.agent() + " was called, in " + first);
        }
        String problem = ResultRules.problem(result);
        if (problem != null) {
            add(OffenceKind.WRONG, result + ": " + problem);
        }
        if ("deadline_passed".equals(result.errorCode()) && result.status() == AgentResult.Status.TIMED_OUT) {
            long earliest = accepted.stream()
                    .filter(call -> call.deadline() != null)
                    .mapToLong(CallRecord::deadline)
                    .min()
                    .orElse(Long.MIN_VALUE);
            boolean allBounded = accepted.stream().allMatch(call -> call.deadline() != null);
            if (allBounded && result.logTime() + found.general.tolerance() < earliest) {
                add(
                        OffenceKind.EARLY,
                        result + " is " + (earliest - result.logTime()) + " ms before the deadline of " + first);
            }
        }
        boolean shares = accepted.stream().anyMatch(CallRecord::shares);
        boolean answered = result.status() == AgentResult.Status.OK;
        if (!shares && answered && log.outcomes().isEmpty()) {
            add(OffenceKind.WRONG, result + " though no attempt has an outcome, and the call shares no answer");
        }
        if (!shares && result.cached()) {
            add(OffenceKind.WRONG, result + " is another call's answer, which " + first + " did not want");
        }
    }

    private void outcomes() {
        Map<String, OutcomeRecord> byAttempt = new HashMap<>();
        Map<String, TreeMap<Integer, OutcomeRecord>> byAgent = new TreeMap<>();
        for (OutcomeRecord outcome : log.outcomes()) {
            OutcomeRecord first = byAttempt.putIfAbsent(outcome.attemptId(), outcome);
            if (first != null) {
                found.general.again(OffenceKind.TWICE, subject(), outcome + " comes after " + first);
                continue;
            }
            found.attempts++;
            found.spending.spend(outcome);
            byAgent.computeIfAbsent(outcome.agent(), agent -> new TreeMap<>()).put(outcome.number(), outcome);
            if (accepted.isEmpty()) {
                if (found.general.isDue(outcome.logTime())) {
                    add(OffenceKind.WRONG, outcome + ", of no call that was accepted");
                }
            } else {
                check(outcome);
            }
        }
        byAgent.values().forEach(this::requireInTurn);
    }

    private void check(OutcomeRecord outcome) {
        boolean asked = accepted.stream().anyMatch(call -> found.agents.mayBe(call.agent(), outcome.agent()));
        if (!outcome.tenant().equals(log.tenant())
                || (outcome.fallback() == null ? !asked : !outcome.fallback().equals(outcome.agent()))) {
            add(
                    OffenceKind.WRONG,
                    outcome + " is of " + outcome.tenant() + "'s attempt with " + outcome.agent() + ", for "
                            + accepted.get(0));
        }
        int separator = outcome.owner().indexOf(SEPARATOR);
        if (separator >= 0 && !outcome.owner().equals(log.tenant() + SEPARATOR + log.callKey())) {
            add(
                    OffenceKind.WRONG,
                    outcome + ": an attempt under the key of another call, owned by "
                            + outcome.owner().replace(SEPARATOR, '/'));
        }
    }

    /** An attempt is made when the one before it has ended. */
    private void requireInTurn(TreeMap<Integer, OutcomeRecord> attempts) {
        OutcomeRecord last = attempts.lastEntry().getValue();
        if (attempts.size() < last.number()) {
            add(OffenceKind.WRONG, last + " though only " + attempts.size() + " attempts of its agent have an outcome");
        }
    }
}
