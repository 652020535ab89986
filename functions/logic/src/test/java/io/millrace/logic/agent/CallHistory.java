package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The history of calls and outcomes, told one by one, and what was decided. Times are milliseconds since {@link
 * #START}. Events are JSON, written with single quotes.
 *
 * <p>Every decision is checked against the laws that hold always: each call has one result, no attempt is made twice,
 * what the state's encoding gives back decides alike, and wake-ups end.
 */
public final class CallHistory {
    static final long START = Instant.parse("2026-12-01T09:00:00Z").toEpochMilli();
    static final byte[] APPROVAL_KEY = "an approval key for tests, 32 bytes".getBytes(StandardCharsets.UTF_8);
    public static final Set<String> TRANSPORTS = Set.of("http", "llm");
    static final PriceTable PRICES = new PriceTable(Map.of("small", new PriceTable.Price(1_000_000, 2_000_000)));

    private static final CallStateCodec CODEC = new CallStateCodec();

    final CallSettings settings;
    private final CallDecider decider;
    private final CallRouter router = new CallRouter("agent-results", List.of("replies-"));
    private final Map<String, CallState> states = new TreeMap<>();
    private final List<CallCommand> commands = new ArrayList<>();
    private final Map<String, AgentResult> results = new HashMap<>();
    private final Set<String> attemptIds = new HashSet<>();
    private final List<Consumer<CallHistory>> told = new ArrayList<>();

    private AgentRegistry registry = AgentRegistry.empty(TRANSPORTS);
    private boolean timers = true;
    private boolean restoring;
    private long now = START;
    private long latest = Long.MAX_VALUE;
    private int calls;
    private int read;
    private CallEffect effect;

    CallHistory() {
        this(CallSettings.DEFAULTS);
    }

    CallHistory(CallSettings settings) {
        this.settings = settings;
        this.decider = new CallDecider(settings, PRICES, ApprovalProof.with(APPROVAL_KEY));
    }

    /** Moments are passed by the records after them, as when the job was away. */
    CallHistory withoutTimers() {
        timers = false;
        return this;
    }

    /** Every state goes through its encoding before each decision. */
    CallHistory restoringAlways() {
        restoring = true;
        return this;
    }

    /** What is told with a later time is from the future. */
    CallHistory latest(long millis) {
        latest = START + millis;
        return this;
    }

    CallHistory at(long millis) {
        now = START + millis;
        if (timers) {
            wake(now);
        }
        return this;
    }

    public static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Registers an agent that is reached by http, unless the fields say otherwise. */
    CallHistory agent(String name, String... fields) {
        StringBuilder json = new StringBuilder("{'schema_version':1,'event_id':'")
                .append(new UUID(1, 1))
                .append("','event_type':'agent.registered','occurred_at':'2026-12-01T09:00:00Z','agent':'")
                .append(name)
                .append("','type':'OTHER','transport':{'kind':'http'}");
        boolean versioned = false;
        for (String field : fields) {
            versioned |= field.startsWith("'version'");
            json.append(',').append(field);
        }
        return registryEvent(
                name, json.append(versioned ? "}" : ",'version':1}").toString());
    }

    CallHistory removed(String name) {
        return registryEvent(
                name,
                "{'schema_version':1,'event_id':'" + new UUID(1, 1)
                        + "','event_type':'agent.removed','occurred_at':'2026-12-01T09:00:00Z','agent':'" + name
                        + "'}");
    }

    CallHistory invalidated(String name, String version, String dependency) {
        String json = "{'schema_version':1,'event_id':'" + new UUID(1, 1)
                + "','event_type':'agent.cache.invalidated','occurred_at':'2026-12-01T09:00:00Z','agent':'" + name + "'"
                + (version.isEmpty() ? "" : ",'version':'" + version + "'")
                + (dependency.isEmpty() ? "" : ",'dependency':'" + dependency + "'") + "}";
        return registryEvent(name + "/" + version + "/" + dependency, json);
    }

    private CallHistory registryEvent(String key, String json) {
        try {
            registry = registry.with(AgentRegistryReader.read(record(key, json)), now);
        } catch (RejectedEventException e) {
            throw new AssertionError("the test's event is not acceptable: " + e.getMessage(), e);
        }
        return this;
    }

    private SourceRecord record(String key, String json) {
        byte[] bytes = json(json).getBytes(StandardCharsets.UTF_8);
        return new SourceRecord("t", 0, calls, now, key.getBytes(StandardCharsets.UTF_8), bytes, List.of());
    }

    AgentCall parsed(String callKey, String agent, String... fields) {
        StringBuilder json = new StringBuilder("{'schema_version':1,'event_id':'")
                .append(new UUID(2, calls))
                .append("','event_type':'agent.call','occurred_at':'2026-12-01T09:00:00Z','call_key':'")
                .append(callKey)
                .append("','agent':'")
                .append(agent)
                .append("','correlation_id':'c-")
                .append(callKey)
                .append('\'');
        for (String field : fields) {
            json.append(',').append(field);
        }
        try {
            return AgentCallReader.read(record(callKey, json.append('}').toString()));
        } catch (RejectedEventException e) {
            throw new AssertionError("the test's call is not acceptable: " + e.getMessage(), e);
        }
    }

    CallHistory call(String callKey, String agent, String... fields) {
        return call(parsed(callKey, agent, fields));
    }

    CallHistory call(AgentCall call) {
        calls++;
        try {
            return routed(router.route(call, registry, now));
        } catch (RejectedEventException e) {
            throw new AssertionError("the test's call can't be routed: " + e.getMessage(), e);
        }
    }

    CallHistory routed(RoutedCall routed) {
        told.add(history -> history.tell(routed));
        tell(routed);
        return this;
    }

    private void tell(RoutedCall routed) {
        carryOut(routed.owner(), decider.decide(state(routed.owner()), routed, latest, registry));
    }

    /** The outcome of the attempt that was made last: its status and output, or its status and error code. */
    CallHistory outcome(String status, String outputOrCode) {
        return outcome(lastAttempt(), status, outputOrCode, 0);
    }

    CallHistory outcome(AgentAttempt attempt, String status, String outputOrCode, long retryAfterMs) {
        boolean ok = status.equals("OK");
        return outcome(new AgentOutcome(
                attempt.attemptId(),
                attempt.owner(),
                attempt.tenant(),
                attempt.agent(),
                AgentOutcome.Status.valueOf(status),
                ok ? json(outputOrCode) : null,
                ok ? null : new AgentError(AgentErrorCode.valueOf(outputOrCode.toUpperCase()), "as told"),
                retryAfterMs,
                new Usage(10, 5),
                7,
                now - 100,
                now,
                3,
                null,
                null));
    }

    CallHistory outcome(AgentOutcome outcome) {
        long loggedAt = now;
        told.add(history -> history.tell(outcome, loggedAt));
        tell(outcome, loggedAt);
        return this;
    }

    private void tell(AgentOutcome outcome, long loggedAt) {
        carryOut(
                outcome.owner(),
                decider.settle(state(outcome.owner()), outcome, Math.min(loggedAt, latest), latest, true, registry));
    }

    /** Tells another history the same records. */
    void retell(CallHistory other, List<Long> times) {
        other.registry = registry;
        for (int i = 0; i < told.size(); i++) {
            other.at(times.get(i) - START);
            told.get(i).accept(other);
        }
    }

    /** Lets timers fire up to {@code time}, each in its own moment. */
    CallHistory wake(long time) {
        for (String owner : Set.copyOf(states.keySet())) {
            int steps = 0;
            CallState state;
            while ((state = state(owner)) != null && state.nextWake(settings) <= time) {
                assertThat(steps++).as("wake-ups that lead nowhere").isLessThan(1_000);
                carryOut(owner, decider.wake(owner, state, state.nextWake(settings), latest, registry));
            }
        }
        return this;
    }

    private CallState state(String owner) {
        CallState state = states.get(owner);
        return restoring && state != null ? decoded(encoded(state)) : state;
    }

    private void carryOut(String owner, Decision<CallState, CallEffect, CallCommand> decision) {
        effect = decision.effect();
        if (decision.state() == null) {
            states.remove(owner);
        } else {
            CallState state = decision.state();
            states.put(owner, state);
            assertThat(decoded(encoded(state))).isEqualTo(state);
            assertThat(state.flight() == null).isEqualTo(state.waiters().isEmpty());
        }
        for (CallCommand command : decision.commands()) {
            if (command instanceof CallCommand.Attempt attempt) {
                assertThat(attemptIds.add(attempt.attempt().attemptId()))
                        .as("made twice: %s", attempt)
                        .isTrue();
            } else if (command instanceof CallCommand.Answer answer) {
                AgentResult result = answer.result();
                AgentResult before = results.put(result.callKey(), result);
                assertThat(before == null || !before.isFinal())
                        .as("answered twice: %s", result)
                        .isTrue();
                if (result.isFinal()) {
                    assertThat(result.eventId())
                            .isEqualTo(AgentResult.idOf(CallKeys.idempotencyKey(result.tenant(), result.callKey())));
                }
            }
        }
        commands.addAll(decision.commands());
    }

    static byte[] encoded(CallState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CODEC.write(state, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static CallState decoded(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            CallState state = CODEC.read(new DataInputStream(in));
            assertThat(in.available()).as("bytes left over").isZero();
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AgentRegistry registry() {
        return registry;
    }

    /** Results are checked to come once; after this a key may be used again. */
    CallHistory forgetResults() {
        results.clear();
        return this;
    }

    long now() {
        return now;
    }

    CallEffect effect() {
        return effect;
    }

    List<CallCommand> commands() {
        return commands;
    }

    Map<String, AgentResult> results() {
        return results;
    }

    AgentResult result(String callKey) {
        return results.get(callKey);
    }

    Map<String, CallState> states() {
        return states;
    }

    List<AgentAttempt> attempts() {
        return commands.stream()
                .filter(CallCommand.Attempt.class::isInstance)
                .map(command -> ((CallCommand.Attempt) command).attempt())
                .toList();
    }

    AgentAttempt lastAttempt() {
        List<AgentAttempt> attempts = attempts();
        return attempts.get(attempts.size() - 1);
    }

    /** What was commanded since this was asked last, one line each. */
    List<String> news() {
        List<String> news = commands.subList(read, commands.size()).stream()
                .map(CallHistory::line)
                .toList();
        read = commands.size();
        return news;
    }

    private static String line(CallCommand command) {
        if (command instanceof CallCommand.Attempt attempt) {
            return "attempt " + attempt.attempt().agent() + " "
                    + attempt.attempt().number();
        }
        AgentResult result = ((CallCommand.Answer) command).result();
        return "result " + result.callKey() + " " + result.status()
                + (result.answeredBy() == null ? "" : " by " + result.answeredBy())
                + (result.error() == null ? "" : " " + result.error().code().wireName())
                + (result.cached() ? " cached" : "");
    }
}
