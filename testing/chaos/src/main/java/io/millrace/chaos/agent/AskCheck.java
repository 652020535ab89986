package io.millrace.chaos.agent;

import io.millrace.auditor.Offence;
import io.millrace.auditor.OffenceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what agents were asked with what was called and what was answered. That an agent is asked again under a key
 * is no offence, and is counted: at least once is what is promised.
 */
final class AskCheck {
    private static final Pattern KEY = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@(.+))?");

    private final Map<UUID, PlannedCall> calls;
    private final List<Ask> asks;
    private final List<Offence> offences = new ArrayList<>();
    /** What was asked, by the key under which it was. */
    private final Map<String, Ask> byKey = new HashMap<>();

    private final Map<String, Ask> byAttempt = new HashMap<>();
    /** Agents and what they were asked. */
    private final Set<String> inputs = new HashSet<>();

    /** @param calls by their idempotency keys */
    AskCheck(Map<UUID, PlannedCall> calls, List<Ask> asks) {
        this.calls = calls;
        this.asks = asks;
        for (Ask ask : asks) {
            byKey.putIfAbsent(ask.key(), ask);
            byAttempt.putIfAbsent(ask.attemptId(), ask);
            inputs.add(input(ask.agent(), ask.number()));
        }
    }

    private static String input(String agent, int number) {
        return agent + " " + number;
    }

    /** How many times agents were asked. */
    long asked() {
        return asks.size();
    }

    /** How many times an attempt was made that had been made before. */
    long repeated() {
        return asks.size() - byAttempt.size();
    }

    /**
     * How much of a model agents used for attempts of which the job does not know that they were answered: because
     * nobody waited any longer, or because the answer was lost in a crash and the deadline came.
     *
     * @param costs of the attempts that were answered, by their ids
     */
    long unknownTokens(Map<String, Long> costs) {
        return byAttempt.values().stream()
                .filter(ask -> ask.kind() == AgentKind.PRICED && !costs.containsKey(ask.attemptId()))
                .mapToLong(AskCheck::tokens)
                .sum();
    }

    private static long tokens(Ask ask) {
        return AgentKind.tokens(ask.key(), ask.attempt());
    }

    /**
     * What is wrong.
     *
     * @param answers by the idempotency keys of the calls
     * @param costs of the attempts that were answered, by their ids; a token costs a millionth
     */
    List<Offence> offences(Map<UUID, Answer> answers, Map<String, Long> costs) {
        asks.forEach(this::check);
        answers.forEach((key, answer) -> {
            // A result of no call is found by the auditor.
            if (calls.containsKey(key)) {
                check(calls.get(key), answer);
            }
        });
        costs.forEach(this::check);
        return offences;
    }

    private void add(Object subject, String detail) {
        offences.add(new Offence(OffenceKind.WRONG, subject.toString(), detail));
    }

    private void check(Ask ask) {
        Matcher key = KEY.matcher(ask.key());
        PlannedCall call = key.matches() ? calls.get(UUID.fromString(key.group(1))) : null;
        if (call == null) {
            add(ask.agent(), ask + ", which is the key of no call");
            return;
        }
        boolean own = key.group(2) == null
                ? ask.agent().equals(call.agent())
                : ask.agent().equals(key.group(2)) && call.kind().fallbacks().contains(ask.kind());
        if (!own) {
            add(call, ask + ", which is not for that agent");
        }
        if (ask.kind() == AgentKind.GUARDED) {
            add(call, ask + ", which nobody approved");
        }
        if (ask.number() != call.number()) {
            add(call, ask + " about " + ask.number() + ", though the call is about " + call.number());
        }
        if (ask.attempt() < 1 || ask.attempt() > ask.kind().mostAttempts()) {
            add(call, ask + ", which is more often than its definition allows");
        }
    }

    private void check(PlannedCall call, Answer answer) {
        if ("unknown_agent".equals(answer.error()) && call.kind().isRegistered()) {
            add(call, "is said to be of an unknown agent, which was registered before");
        }
        if (!answer.isOk()) {
            return;
        }
        if (answer.value() == null || answer.value() != AgentKind.answer(call.number())) {
            add(call, "was answered with " + answer.value() + ", not " + AgentKind.answer(call.number()));
        }
        String key = call.agent().equals(answer.answeredBy())
                ? call.key().toString()
                : call.key() + "@" + answer.answeredBy();
        if (call.shares() ? !inputs.contains(input(call.agent(), call.number())) : !byKey.containsKey(key)) {
            add(call, "was answered by " + answer.answeredBy() + ", who was not asked under " + key);
        }
    }

    private void check(String attemptId, long cost) {
        Ask ask = byAttempt.get(attemptId);
        if (ask == null) {
            add(attemptId, "has an answer, and nobody was asked");
        } else if (cost != (ask.kind() == AgentKind.PRICED ? tokens(ask) : 0)) {
            add(
                    attemptId,
                    "is said to have cost " + cost + " millionths, and the agent used " + tokens(ask) + " tokens");
        }
    }
}
