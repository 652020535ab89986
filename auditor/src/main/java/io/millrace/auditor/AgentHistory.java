package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every definition that agents had, as far as the compacted topic still has them. Which of them held when is not
 * modelled: of several the one that allows most counts.
 */
final class AgentHistory {
    private static final int DEFAULT_TIMEOUT_MS = 30_000;
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int DEFAULT_INITIAL_MS = 500;
    private static final int DEFAULT_MAX_MS = 30_000;
    private static final int DEFAULT_MULTIPLIER = 2;

    private record Definition(
            boolean isChoice, long longestMillis, List<String> fallbacks, long dayMicros, long monthMicros) {}

    private final Map<String, List<Definition>> definitions = new HashMap<>();

    /** Takes an {@code agent.registered}; anything else is passed over. */
    void accept(JsonNode event) {
        if (!event.path("event_type").asText().equals("agent.registered")) {
            return;
        }
        List<String> fallbacks = new ArrayList<>();
        event.path("fallback").path("agents").forEach(agent -> fallbacks.add(agent.asText()));
        JsonNode budget = event.path("budget");
        definitions
                .computeIfAbsent(event.path("agent").asText(), agent -> new ArrayList<>(1))
                .add(new Definition(
                        event.path("transport").path("kind").asText().equals("flag"),
                        longest(event),
                        fallbacks,
                        budget.path("day_micros").asLong(),
                        budget.path("month_micros").asLong()));
    }

    /** What the attempts and the waits between them can take. */
    private static long longest(JsonNode event) {
        JsonNode retry = event.path("retry");
        int attempts = retry.path("max_attempts").asInt(DEFAULT_ATTEMPTS);
        long wait = retry.path("initial_ms").asLong(DEFAULT_INITIAL_MS);
        long max = retry.path("max_ms").asLong(DEFAULT_MAX_MS);
        long sum = attempts * event.path("timeout_ms").asLong(DEFAULT_TIMEOUT_MS);
        for (int retries = 1; retries < attempts; retries++) {
            sum += Math.min(wait, max);
            wait = Math.min(wait * retry.path("multiplier").asLong(DEFAULT_MULTIPLIER), max);
        }
        return sum;
    }

    /** Whether a call of the one may be answered by the other: which version a flag says is not modelled. */
    boolean mayBe(String called, String asked) {
        return called.equals(asked) || isChoice(called) && definitions.containsKey(asked) && !isChoice(asked);
    }

    private boolean isChoice(String agent) {
        return definitions.getOrDefault(agent, List.of()).stream().anyMatch(Definition::isChoice);
    }

    /** How long a call without a deadline of its own may take, milliseconds; 0 for an agent that nobody registered. */
    long longestMillis(String agent) {
        if (isChoice(agent)) {
            return definitions.keySet().stream()
                    .filter(other -> !isChoice(other))
                    .mapToLong(this::longestMillis)
                    .max()
                    .orElse(0);
        }
        long sum = 0;
        Set<String> seen = new HashSet<>(Set.of(agent));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            List<Definition> known = definitions.getOrDefault(next.poll(), List.of());
            sum += known.stream().mapToLong(Definition::longestMillis).max().orElse(0);
            for (Definition definition : known) {
                definition.fallbacks().stream().filter(seen::add).forEach(next::add);
            }
        }
        return sum;
    }

    /** The largest that it had; without limit when it ever was. */
    CallAuditSettings.Budget budget(String agent) {
        List<Definition> known = definitions.getOrDefault(agent, List.of());
        return new CallAuditSettings.Budget(
                largest(known.stream().map(Definition::dayMicros).toList()),
                largest(known.stream().map(Definition::monthMicros).toList()));
    }

    private static long largest(List<Long> limits) {
        return limits.contains(0L)
                ? 0
                : limits.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
